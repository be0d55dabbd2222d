import { closeSync, ftruncateSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { isSystemError } from '../state/index.ts'

/** Files are as long as a multiple of this, in bytes, so that the next content mostly fits into the blocks that they have. */
const ROOM = 16 * 1024

/**
 * Replaces a file of JSON in one step, so that nobody ever reads half of it. Mode 0600. Not state/private-files.ts: what runs is recorded before
 * anything else happens, and whoever loses power loses the processes with the record, so it need not be on the disk.
 *
 * On a full disk the old file is written over: a status that says "ready" of what died since would be worse than one of which half is read.
 */
export function replaceFile(path: string, json: string): void {
  const length = Buffer.byteLength(json)
  const content = Buffer.concat([Buffer.from(json), Buffer.alloc(Math.ceil(length / ROOM) * ROOM - length, ' ')])
  const fresh = `${path}.${process.pid}.new`
  try {
    writeFileSync(fresh, content, { mode: 0o600 })
    renameSync(fresh, path)
  } catch (error) {
    if (!isSystemError(error, 'ENOSPC', 'EDQUOT')) throw error
    rmSync(fresh, { force: true })
    overwrite(path, content)
  }
}

function overwrite(path: string, content: Buffer): void {
  const file = openSync(path, 'r+')
  try {
    writeSync(file, content, 0, content.length, 0)
    ftruncateSync(file, content.length)
  } finally {
    closeSync(file)
  }
}
