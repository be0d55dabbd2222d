import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { suggest, SundialError } from '@sundial/platform'
import { notRunning, readStatus } from '../inspect.ts'
import { isSystemError, type StateFolder } from '../state/index.ts'
import type { ProcessStatus } from '../supervisor/index.ts'
import { type ControlAnswer, type ControlRequest, controlPath } from './protocol.ts'

/**
 * Restarts a process of the platform that runs in a state folder, wherever that was started. Resolves when it is ready again.
 * @throws SundialError `SUN_NOT_RUNNING`, `SUN_UNKNOWN_NAME`, or `SUN_RESTART_FAILED` with the last lines of its log
 */
export async function restartProcess(state: StateFolder, name: string): Promise<void> {
  const status = await readStatus(state)
  if (!status) throw await notRunning(state)
  requireProcess(status.processes, name)
  const answer = await ask(state, { command: 'restart', process: name })
  if (answer?.kind === 'done') return
  if (answer?.kind === 'failed') {
    const { reason, lastLines } = answer.problem
    const lines = lastLines.map((line) => `\n    ${line}`).join('')
    throw new SundialError('SUN_RESTART_FAILED', `${name} did not come up again: ${reason}${lines}`, {
      hint: `It is tried again and again. Its whole log: ./sundial logs ${name}`,
    })
  }
  if (answer?.kind === 'unknown') {
    throw new SundialError('SUN_RESTART_FAILED', answer.message, { hint: 'It was started by another version of Sundial: ./sundial down, then ./sundial up.' })
  }
  throw new SundialError('SUN_RESTART_FAILED', `the platform was stopped before ${name} was up again`, { hint: 'Start it: ./sundial up' })
}

function requireProcess(processes: readonly ProcessStatus[], name: string): void {
  const names = processes.filter(({ kind }) => kind !== 'task').map((process) => process.name)
  if (names.length === 0) throw new SundialError('SUN_RESTART_FAILED', 'the platform is still getting ready', { hint: 'Wait until it is up: ./sundial status' })
  if (names.includes(name)) return
  throw new SundialError('SUN_UNKNOWN_NAME', `there is no process "${name}"; there are ${names.join(', ')}`, {
    hint: suggest(name, names) ?? 'Use one of these.',
  })
}

/** Nothing if there was no answer: whoever was asked has ended. */
async function ask(state: StateFolder, request: ControlRequest): Promise<ControlAnswer | undefined> {
  const socket = connect(controlPath(state))
  try {
    await once(socket, 'connect')
    socket.write(`${JSON.stringify(request)}\n`)
    const answer = await text(socket)
    return answer === '' ? undefined : (JSON.parse(answer) as ControlAnswer)
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE')) return undefined
    throw error
  } finally {
    socket.destroy()
  }
}
