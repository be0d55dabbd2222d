import { renameSync, writeFileSync } from 'node:fs'

/**
 * Replaces a file in one step, so that nobody ever reads half of it. Mode 0600. Not state/private-files.ts: what runs is recorded before
 * anything else happens, and whoever loses power loses the processes with the record, so it need not be on the disk.
 */
export function replaceFile(path: string, content: string): void {
  const fresh = `${path}.${process.pid}.new`
  writeFileSync(fresh, content, { mode: 0o600 })
  renameSync(fresh, path)
}
