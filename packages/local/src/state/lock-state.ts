import { join } from 'node:path'
import { SundialError } from '@sundial/platform/errors'
import type { StateFolder } from './layout.ts'
import { lockOwner, tryLock, type Lock, type LockOwner } from './lock.ts'

/**
 * Claims an environment for this process, until it is released or the process ends.
 * @throws SundialError `SUN_ALREADY_RUNNING` if another process has it
 */
export async function lockState(state: StateFolder): Promise<Lock> {
  const result = await tryLock(lockPath(state))
  if ('release' in result) return result
  const { pid, since } = result.owner
  throw new SundialError('SUN_ALREADY_RUNNING', `The platform in ${state.root} runs already: process ${pid}, since ${since}`, {
    hint: 'Use the one that runs, or stop it first: ./sundial down, or Ctrl-C where it was started.',
  })
}

/** The process that runs an environment, if one does. */
export function stateOwner(state: StateFolder): Promise<LockOwner | undefined> {
  return lockOwner(lockPath(state))
}

function lockPath(state: StateFolder): string {
  return join(state.run, 'lock.json')
}
