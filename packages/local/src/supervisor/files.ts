import { renameSync, writeFileSync } from 'node:fs'

/** Replaces a file in one step, so that nobody ever reads half of it. Mode 0600. */
export function replaceFile(path: string, content: string): void {
  const fresh = `${path}.${process.pid}.new`
  writeFileSync(fresh, content, { mode: 0o600 })
  renameSync(fresh, path)
}
