import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSystemError, type ProcessIdentity } from '../state/index.ts'
import { replaceFile } from './files.ts'

/** A process that a supervisor started, with what it takes to end it. */
export interface RecordedProcess extends ProcessIdentity {
  readonly name: string
  readonly signal: NodeJS.Signals
  readonly graceSeconds: number
}

/** Records what runs, in start order, so that a later supervisor can end it should this one be killed. */
export function writeProcesses(runFolder: string, processes: readonly RecordedProcess[]): void {
  replaceFile(recordPath(runFolder), `${JSON.stringify(processes, null, 2)}\n`)
}

/** What a supervisor recorded last. */
export function readProcesses(runFolder: string): readonly RecordedProcess[] {
  const path = recordPath(runFolder)
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RecordedProcess[]
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return []
    throw new Error(`${path} cannot be read: ${(error as Error).message}; if nothing of the platform runs any more, delete it`, { cause: error })
  }
}

function recordPath(runFolder: string): string {
  return join(runFolder, 'processes.json')
}
