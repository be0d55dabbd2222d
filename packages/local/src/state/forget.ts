import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { StateFolder } from './layout.ts'
import { STATE_MARKER } from './open-state.ts'
import { writeFileAtomically } from './private-files.ts'

/**
 * Removes all that earlier starts have made, but the folder that holds the lock and what says that the state is ours.
 * @param kept files that are not ours to remove, such as secrets that people gave: their values may be nowhere else
 */
export async function forget(state: StateFolder, kept: readonly string[]): Promise<void> {
  await writeFileAtomically(unfinished(state), '')
  await removeAllBut(state.root, [state.run, join(state.root, STATE_MARKER), ...kept])
  await rm(unfinished(state))
}

/** Whether a process was killed while it forgot: half a state is none, and must not be started from. */
export function isHalfForgotten(state: StateFolder): boolean {
  return existsSync(unfinished(state))
}

/** In the folder that is kept. */
function unfinished(state: StateFolder): string {
  return join(state.run, 'forgetting')
}

async function removeAllBut(folder: string, kept: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (kept.includes(path)) continue
    if (kept.some((file) => file.startsWith(`${path}/`))) await removeAllBut(path, kept)
    else await rm(path, { recursive: true })
  }
}
