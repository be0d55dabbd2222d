import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Workspace } from './contestant.ts'
import { run } from '../processes/run.ts'

/** Keeps a folder as what later starts begin with. Nothing may run in it. */
export async function keepState(folder: string, { signal }: Workspace): Promise<void> {
  await run('cp', ['-a', '--reflink=auto', folder, template(folder)], { signal })
}

export function isKept(folder: string): boolean {
  return existsSync(template(folder))
}

/** Brings a folder back to what was kept, on the disk: writing it must not go on while something is measured. */
export async function restoreState(folder: string, { signal }: Workspace): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await run('cp', ['-a', '--reflink=auto', template(folder), folder], { signal })
  await run('sync', ['-f', folder], { signal })
}

function template(folder: string): string {
  return `${folder}.kept`
}
