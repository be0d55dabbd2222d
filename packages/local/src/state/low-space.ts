import { statfs } from 'node:fs/promises'
import type { StateFolder } from './layout.ts'

/** Below this a platform may stop at any moment, in MiB: PostgreSQL takes its log in files of 16 MiB, and a few at once. */
const ENOUGH_MIB = 100

/** Says that the disk of a state folder is almost full, if it is. */
export async function lowSpace(state: StateFolder): Promise<string | undefined> {
  const { bavail, bsize } = await statfs(state.root)
  const free = Math.floor((bavail * bsize) / 2 ** 20)
  return free < ENOUGH_MIB ? `the disk of ${state.root} has ${free} MiB left` : undefined
}
