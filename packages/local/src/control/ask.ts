import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { suggest, SundialError } from '@sundial/platform'
import { notRunning, readStatus } from '../inspect.ts'
import { isSystemError, type StateFolder } from '../state/index.ts'
import type { ProcessStatus } from '../supervisor/index.ts'
import { type ControlAnswer, type ControlRequest, controlPath } from './protocol.ts'

/**
 * Restarts a process, or all copies of a workload, of the platform that runs in a state folder, wherever that was started. Resolves when all
 * are ready again.
 * @throws SundialError `SUN_NOT_RUNNING`, `SUN_UNKNOWN_NAME`, or `SUN_RESTART_FAILED` with the last lines of its log
 */
export async function restartProcess(state: StateFolder, name: string): Promise<void> {
  const status = await readStatus(state)
  if (!status) throw await notRunning(state)
  // One after the other, so that of several copies one is always there.
  for (const process of processesOf(status.processes, name)) await restartOne(state, process)
}

async function restartOne(state: StateFolder, name: string): Promise<void> {
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

/** The process of a name, or all copies of a workload. */
function processesOf(all: readonly ProcessStatus[], name: string): readonly string[] {
  const processes = all.filter(({ kind }) => kind !== 'task')
  if (processes.length === 0) {
    throw new SundialError('SUN_RESTART_FAILED', 'the platform is still getting ready', { hint: 'Wait until it is up: ./sundial status' })
  }
  const names = processes.map((process) => process.name)
  if (names.includes(name)) return [name]
  const copies = processes.filter(({ kind, workload }) => kind === 'service' && workload === name)
  if (copies.length > 0) return copies.map((process) => process.name)
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
