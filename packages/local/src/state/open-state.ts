import { basename, join } from 'node:path'
import { SundialError } from '@sundial/platform/errors'
import type { StateFolder } from './layout.ts'
import { isSystemError, listIfPresent, makePrivateFolder, readFileIfPresent, writeFileAtomically } from './private-files.ts'

/** Counts up when an older Sundial could not work with what a newer one left. */
const FORMAT = 1
export const STATE_MARKER = 'sundial-state.json'

/**
 * Makes the folders of an environment, or checks those that exist.
 * @throws SundialError `SUN_STATE_UNUSABLE` if the folder cannot be written, holds something else, or is of a newer format
 */
export async function openState(state: StateFolder): Promise<void> {
  try {
    await checkMarker(state)
    await makePrivateFolder(state.root)
    // First: a folder that holds something and not this is refused at the next start.
    await writeFileAtomically(join(state.root, STATE_MARKER), `${JSON.stringify({ format: FORMAT, environment: state.environment })}\n`)
    for (const folder of [state.secrets, state.certificates, state.config, state.data, state.logs, state.run]) await makePrivateFolder(folder)
    // Keys and data must not reach version control, whatever the project's own ignore file says. Not in the folder above: it may be the user's.
    await writeFileAtomically(join(state.root, '.gitignore'), '*\n')
  } catch (error) {
    if (!isSystemError(error, 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT')) throw error
    throw unusable(
      `The state folder ${state.root} cannot be written: ${error.message}`,
      isSystemError(error, 'ENOSPC', 'EDQUOT')
        ? 'Make space on its disk: a platform needs about 300 MB, and more with its data. Or set SUNDIAL_STATE to a folder on another one.'
        : 'Give yourself write access to it and to all in it, or set SUNDIAL_STATE to a folder on a disk that can be written.',
      error,
    )
  }
}

/**
 * Looks whether a state folder, if it is there, is one of this version. Nothing is changed.
 * @throws SundialError `SUN_STATE_UNUSABLE`
 */
export async function checkMarker(state: StateFolder): Promise<void> {
  const marker = await readFileIfPresent(join(state.root, STATE_MARKER))
  if (marker === undefined) {
    // Files that people give may be there before the first start.
    const content = (await listIfPresent(state.root)).filter((name) => name !== '.DS_Store' && name !== basename(state.secrets))
    if (content.length === 0) return
    throw unusable(
      `${state.root} was not made by Sundial: it holds ${content.slice(0, 3).join(', ')}, and no ${STATE_MARKER}`,
      'Move it away, or remove it, and start again.',
    )
  }
  const format = formatOf(marker)
  if (format === FORMAT) return
  if (format === undefined)
    throw unusable(`${join(state.root, STATE_MARKER)} cannot be read as the marker of a state folder`, `Move ${state.root} away, and start again.`)
  throw unusable(
    `${state.root} has state format ${format}; this version of Sundial knows ${FORMAT}`,
    'Use the version of Sundial that made it, or move the folder away and start with a new one.',
  )
}

function formatOf(marker: string): number | undefined {
  try {
    const { format } = JSON.parse(marker) as { format?: unknown }
    return typeof format === 'number' ? format : undefined
  } catch {
    return undefined
  }
}

function unusable(message: string, hint: string, cause?: unknown): SundialError {
  return new SundialError('SUN_STATE_UNUSABLE', message, { hint, cause })
}
