import type { Contract } from '@sundial/contract'
import { createLogger, readTemporalSettings, SettingsReader, TemporalAccess } from '@sundial/runtime'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { addSearchAttributes, checkSearchAttributes } from './search-attributes.ts'

/** Connects to a server that runs. Throws a `SettingsError` that lists what is wrong with the environment. */
export async function existingServer(contract: Contract, env: NodeJS.ProcessEnv): Promise<TestWorkflowEnvironment> {
  const reader = new SettingsReader(env)
  const settings = readTemporalSettings(reader)
  reader.finish()
  const { namespace } = settings
  const { address, ...connectionOptions } = await new TemporalAccess(settings, createLogger('test', 'silent')).material()
  const server = await TestWorkflowEnvironment.createFromExistingServer({ address, namespace, connectionOptions })
  return await orTeardown(server, checkSearchAttributes(server, contract))
}

/**
 * Starts Temporal's test server, in which time is skipped, with the search attributes of a contract: the program that `TEMPORAL_TEST_SERVER` names, or the
 * one that the SDK downloads once.
 */
export async function timeSkippingServer(contract: Contract, env: NodeJS.ProcessEnv): Promise<TestWorkflowEnvironment> {
  const path = env['TEMPORAL_TEST_SERVER']
  const executable = path ? { executable: { type: 'existing-path' as const, path } } : {}
  const server = await TestWorkflowEnvironment.createTimeSkipping({ server: executable }).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(path ? `TEMPORAL_TEST_SERVER is ${path}: it does not start: ${message}` : `${message}; ${WHAT_TO_DO}`, { cause: error })
  })
  return await orTeardown(server, addSearchAttributes(server, contract))
}

const WHAT_TO_DO = "set TEMPORAL_TEST_SERVER to the path of Temporal's test server; ./sundial toolchain --testing has it from Maven"

/** The server, or nothing of it is left. */
async function orTeardown(server: TestWorkflowEnvironment, prepared: Promise<void>): Promise<TestWorkflowEnvironment> {
  await prepared.catch(async (error: unknown) => {
    await server.teardown()
    throw error
  })
  return server
}
