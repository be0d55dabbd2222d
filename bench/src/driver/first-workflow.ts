import { connect } from 'node:net'
import { WorkflowFailedError } from '@temporalio/client'
import { now } from '../clock.ts'
import { until } from '../processes/until.ts'
import { accessMaterial, type Access } from './access.ts'
import { openClient, TASK_QUEUE } from './client.ts'

/** Moments on the way to the first workflow, by the clock that all processes share. */
export interface FirstWorkflow {
  /** Something listens where the server will answer. */
  readonly listening: number
  /** The server took the workflow. */
  readonly accepted: number
  /** Its result was here. */
  readonly completed: number
}

/** Between two tries, milliseconds. */
const EVERY_MS = 10
/** For one call, milliseconds: a server that is just starting may never answer it. */
const CALL_MS = 2_000

/** Asks for a workflow, again and again from the very beginning, until there is a result. */
export async function firstWorkflow(access: Access, signal: AbortSignal): Promise<FirstWorkflow> {
  const patience = { signal, everyMs: EVERY_MS }
  const { address } = await until('the contestant says how it is reached', () => accessMaterial(access), patience)
  const listening = await until(`something listens on ${address}`, () => connected(address), patience)
  const { client, connection } = await openClient(access, { retries: false })
  try {
    const workflowId = `first-${process.pid}-${Math.round(listening)}`
    const options = { workflowId, taskQueue: TASK_QUEUE, args: [{ text: 'first' }], workflowIdConflictPolicy: 'USE_EXISTING' as const }
    const start = () => connection.withDeadline(Date.now() + CALL_MS, () => client.workflow.start('echo', options))
    const handle = await until('a workflow is accepted', start, patience)
    const accepted = now()
    // A lost connection is tried again; a workflow that failed is not.
    const isFinal = (error: unknown) => error instanceof WorkflowFailedError
    const completed = await until('the workflow completes', () => handle.result().then(now), { ...patience, isFinal })
    return { listening, accepted, completed }
  } finally {
    await connection.close()
  }
}

function connected(address: string): Promise<number> {
  const [host, port] = address.split(':')
  return new Promise((resolve, reject) => {
    const socket = connect({ host: host ?? '', port: Number(port) })
    socket.once('error', reject)
    socket.once('connect', () => {
      const at = now()
      socket.destroy()
      resolve(at)
    })
  })
}
