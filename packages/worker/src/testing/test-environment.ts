import { randomUUID } from 'node:crypto'
import { type Contract, validate, type WorkflowInput, type WorkflowName, type WorkflowResult } from '@sundial/contract'
import type { Client, WorkflowHandle } from '@temporalio/client'
import type { Duration } from '@temporalio/common'
import { Worker } from '@temporalio/worker'
import { type ActivityImplementations, wrapActivities } from '../activity/index.ts'
import { bundleWorkflows } from '../bundle/bundle-workflows.ts'
import { quietRuntime } from './quiet-runtime.ts'
import { existingServer, timeSkippingServer } from './test-server.ts'

export interface TestEnvironmentOptions<C extends Contract> {
  readonly contract: C
  /** The compiled module whose default export `implementWorkflows` made. */
  readonly workflows: URL
  readonly activities: NoInfer<ActivityImplementations<C>>
  /**
   * Says where a server runs, with the variables of a worker: `TEMPORAL_*`, `OIDC_*`. `./sundial exec <application>-worker -- <command>` sets them to the
   * local platform. With time skipping only `TEMPORAL_TEST_SERVER` is read. @default process.env
   */
  readonly env?: NodeJS.ProcessEnv
  /**
   * Starts a server of its own, in which time is skipped while a result is awaited: a workflow that sleeps for a day ends at once. All workflows of an
   * environment have the same time, so run one after the other. It has no visibility queries, schedules or worker versions, and knows no rights.
   * @default false
   */
  readonly timeSkipping?: boolean
}

/** A worker of a contract for one test file, and a way to start its workflows. */
export interface TestEnvironment<C extends Contract> {
  readonly client: Client
  /** Of this environment alone: others may test on the same server at the same time. */
  readonly taskQueue: string
  /** Starts a workflow, as the API would: the input is checked by the contract. @param workflowId default: a new one */
  start<W extends WorkflowName<C>>(type: W, input: WorkflowInput<C, W>, workflowId?: string): Promise<WorkflowHandle>
  /** Starts a workflow and waits for its result, which the contract parses. */
  execute<W extends WorkflowName<C>>(type: W, input: WorkflowInput<C, W>, workflowId?: string): Promise<WorkflowResult<C, W>>
  /** Waits for a time of the server, in milliseconds or such as `'1 day'`: skipped, where time is. */
  sleep(duration: Duration): Promise<void>
  /** The time of the server, which may be ahead. */
  now(): Promise<Date>
  /** Ends the worker, closes the connections, and stops the server that was started for it. */
  close(): Promise<void>
}

/**
 * Runs the workflows and activities of a contract on a server that runs, or one that skips time, for the tests of an application. The bundler takes 1 to 5 seconds: make one
 * for a file of tests, and close it after the last.
 */
export async function startTestEnvironment<C extends Contract>({
  contract,
  workflows,
  activities,
  env = process.env,
  timeSkipping = false,
}: TestEnvironmentOptions<C>): Promise<TestEnvironment<C>> {
  quietRuntime()
  const workflowBundle = await bundleWorkflows({ contract, workflows })
  const server = timeSkipping ? await timeSkippingServer(contract, env) : await existingServer(contract, env)
  const { client, nativeConnection: connection, namespace = 'default' } = server
  const taskQueue = `${contract.taskQueue}-${randomUUID()}`
  const create = () => Worker.create({ connection, namespace, taskQueue, workflowBundle, activities: wrapActivities(contract, activities) })
  const worker = await create().catch(async (error: unknown) => {
    await server.teardown()
    throw error
  })
  const ended = worker.run()
  let closed: Promise<void> | undefined
  const close = async () => {
    // It may have failed by itself.
    if (worker.getState() === 'RUNNING') worker.shutdown()
    await ended.finally(() => server.teardown())
  }

  async function optionsOf(type: WorkflowName<C>, input: unknown, workflowId = `${type}-${randomUUID()}`) {
    const definition = contract.workflows[type]
    if (!definition) throw new TypeError(`contract "${contract.name}" has no workflow "${type}"; it has ${Object.keys(contract.workflows).join(', ')}`)
    const checked = await validate(definition.input, input)
    if ('issues' in checked)
      throw new TypeError(`input of workflow "${type}" does not match its schema: ${checked.issues.map(({ message }) => message).join('; ')}`)
    return { workflowId, taskQueue, args: [checked.value] as [unknown] }
  }

  return {
    client,
    taskQueue,
    start: async (type, input, workflowId) => client.workflow.start(type, await optionsOf(type, input, workflowId)),
    async execute(type, input, workflowId) {
      const result: unknown = await client.workflow.execute(type, await optionsOf(type, input, workflowId))
      const checked = await validate(contract.workflows[type]!.output, result)
      if ('issues' in checked)
        throw new TypeError(`output of workflow "${type}" does not match its schema: ${checked.issues.map(({ message }) => message).join('; ')}`)
      return checked.value as WorkflowResult<C, typeof type>
    },
    sleep: server.sleep,
    now: async () => new Date(await server.currentTimeMs()),
    close: () => (closed ??= close()),
  }
}
