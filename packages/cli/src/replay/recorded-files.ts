import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SundialError } from '@sundial/platform'
import type { HistoryJson, RecordedHistory } from '@sundial/worker/testing'
import { shownPath } from '../output.ts'

/** A history with the file that it is in. */
export interface RecordedFile extends RecordedHistory {
  readonly path: string
}

/** Where the histories of an application are kept: beside its package.json, in `histories`. */
export function historiesFolder(workerModule: string): string {
  let folder = dirname(workerModule)
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return join(folder, 'histories')
}

/**
 * The histories of a file, or of all files of a folder that end with .json, in the form of Temporal's tools.
 * @throws SundialError `SUN_HISTORY_UNREADABLE`
 */
export async function recordedFiles(path: string): Promise<RecordedFile[]> {
  if (path.endsWith('.json')) return [await recordedFile(path)]
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error.code === 'ENOENT' ? 'is not there' : error.message)
  })
  return Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => recordedFile(join(path, name))),
  )
}

async function recordedFile(path: string): Promise<RecordedFile> {
  try {
    const history = JSON.parse(await readFile(path, 'utf8')) as HistoryJson
    const [first] = history.events as readonly { workflowExecutionStartedEventAttributes?: { workflowId?: string } }[]
    if (!first?.workflowExecutionStartedEventAttributes) throw new Error('its first event is not the start of a workflow')
    return { path, history, workflowId: first.workflowExecutionStartedEventAttributes.workflowId || basename(path, '.json') }
  } catch (error) {
    throw unreadable(path, `is no history: ${(error as Error).message}`)
  }
}

function unreadable(path: string, why: string): SundialError {
  return new SundialError('SUN_HISTORY_UNREADABLE', `${shownPath(path)} ${why}`, {
    hint: 'Record some: ./sundial replay --live --record <folder>, or temporal workflow show --output json.',
  })
}
