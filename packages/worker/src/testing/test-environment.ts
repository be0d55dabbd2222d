import { randomUUID } from 'node:crypto'
import { type Contract, validate, type WorkflowInput, type WorkflowName, type WorkflowResult } from '@sundial/contract'
import type { Client, WorkflowHandle } from '@temporalio/client'
import { Worker } from '@temporalio/worker'
import { type ActivityImplementations, wrapActivities } from '../activity/index.ts'
import { bundleWorkflows } from '../bundle/bundle-workflows.ts'
import { quietRuntime } from './quiet-runtime.ts'
import { openServer } from './test-server.ts'

export interface TestEnvironmentOptions<C extends Contract> {
  readonly contract: C
  /** The compiled module whose default export `implementWorkflows` made. */
  readonly workflows: URL
  readonly activities: NoInfer<ActivityImplementations<C>>
  /**
   * Says where a server runs, with the variables of a worker: `TEMPORAL_*`, `OIDC_*`. `./sundial exec <application>-worker -- <command>` sets them to the
   * local platform. @default process.env
   */
  readonly env?: NodeJS.ProcessEnv
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
  /** Ends the worker, and closes the connections. */
  close(): Promise<void>
}

/**
 * Runs the workflows and activities of a contract on a real server, for the tests of an application. The bundler takes 1 to 5 seconds: make one
 * for a file of tests, and close it after the last.
 */
export async function startTestEnvironment<C extends Contract>({
  contract,
  workflows,
  activities,
  env = process.env,
}: TestEnvironmentOptions<C>): Promise<TestEnvironment<C>> {
  quietRuntime()
  const workflowBundle = await bundleWorkflows({ contract, workflows })
  const { client, connection, namespace, close } = await openServer(env)
  const taskQueue = `${contract.taskQueue}-${randomUUID()}`
  const create = () => Worker.create({ connection, namespace, taskQueue, workflowBundle, activities: wrapActivities(contract, activities) })
  const worker = await create().catch(async (error: unknown) => {
    await close()
    throw error
  })
  const ended = worker.run()

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
    async close() {
      worker.shutdown()
      await ended
      await close()
    },
  }
}
