import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Connection } from '@temporalio/client'
import { google, temporal } from '@temporalio/proto'

const { CommandType } = temporal.api.enums.v1
/** Milliseconds: a namespace is known everywhere only after a while. */
const SOON_MS = 60_000
const PERIOD_MS = 200
/** Milliseconds for a task to come. */
const POLL_MS = 30_000
const RETENTION = google.protobuf.Duration.fromObject({ seconds: 86_400 })

/** Makes a namespace, starts a workflow, takes its one task as a worker does, and ends it. @returns how it ended */
export async function completeOneWorkflow(connection: Connection): Promise<{ readonly status: number; readonly result: string }> {
  const service = connection.workflowService
  const namespace = `rendered-${randomUUID()}`
  const taskQueue = { name: 'rendered' }
  await service.registerNamespace({ namespace, workflowExecutionRetentionPeriod: RETENTION })
  const workflowId = randomUUID()
  const start = () => service.startWorkflowExecution({ namespace, workflowId, requestId: workflowId, workflowType: { name: 'one' }, taskQueue })
  const { runId } = await untilKnown(start)
  const task = await connection.withDeadline(Date.now() + POLL_MS, () => service.pollWorkflowTaskQueue({ namespace, taskQueue, identity: 'test' }))
  const payloads = [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"done"') }]
  await service.respondWorkflowTaskCompleted({
    namespace,
    taskToken: task.taskToken,
    commands: [
      {
        commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
        completeWorkflowExecutionCommandAttributes: { result: { payloads } },
      },
    ],
  })
  const { workflowExecutionInfo } = await service.describeWorkflowExecution({ namespace, execution: { workflowId, runId } })
  const { history } = await service.getWorkflowExecutionHistory({ namespace, execution: { workflowId, runId } })
  const ended = history?.events?.at(-1)?.workflowExecutionCompletedEventAttributes?.result?.payloads?.[0]?.data
  return { status: Number(workflowExecutionInfo?.status), result: Buffer.from(ended ?? []).toString() }
}

async function untilKnown<T>(call: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + SOON_MS; ;) {
    try {
      return await call()
    } catch (error) {
      if (Date.now() > deadline || !/not found|NOT_FOUND/i.test((error as Error).message)) throw error
      await pause(PERIOD_MS)
    }
  }
}
