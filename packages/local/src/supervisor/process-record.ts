import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SundialError } from '@sundial/platform'
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

/**
 * What a supervisor recorded last.
 * @throws SundialError `SUN_STATE_UNUSABLE` if the record is damaged
 */
export function readProcesses(runFolder: string): readonly RecordedProcess[] {
  const path = recordPath(runFolder)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return []
    throw error
  }
  const processes = parse(text)
  if (processes) return processes
  throw new SundialError('SUN_STATE_UNUSABLE', `${path} is not a record of processes`, { hint: 'If nothing of the platform runs any more, remove it.' })
}

function parse(text: string): readonly RecordedProcess[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every(isRecord) ? value : undefined
  } catch {
    return undefined
  }
}

/** What is done with it ends processes, so it must be whole. */
function isRecord(value: unknown): value is RecordedProcess {
  const { name, pid, started, signal, graceSeconds } = (value ?? {}) as Partial<RecordedProcess>
  return [name, started, signal].every((text) => typeof text === 'string') && Number.isInteger(pid) && pid! > 1 && typeof graceSeconds === 'number'
}

function recordPath(runFolder: string): string {
  return join(runFolder, 'processes.json')
}
