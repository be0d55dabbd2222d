import { installTestServer } from '@sundial/local'
import type { Connection } from '@temporalio/client'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { input, open } from './orders-environment.ts'

/** Milliseconds: Maven may have to fetch the program. */
const INSTALL_MS = 300_000
const DAY_MS = 86_400_000

let missing: string | undefined
let skipping: Awaited<ReturnType<typeof open>> | undefined
beforeAll(async () => {
  const program = await installTestServer().catch((error: Error) => void (missing = error.message))
  if (!program) return
  const { PATH, JAVA_HOME } = process.env
  skipping = await open({ timeSkipping: true, env: { PATH, JAVA_HOME, TEMPORAL_TEST_SERVER: program.commands['temporal-test-server'] } })
}, INSTALL_MS)
beforeEach(({ skip }) => skip(missing !== undefined, `Temporal's test server cannot be had: ${missing}`))
afterAll(() => skipping?.environment.close())

test('a workflow that waits for a day ends at once, and finds that a day has passed', async () => {
  const { environment, called } = skipping!
  const began = await environment.now()
  await expect(environment.execute('fulfil-order', input())).rejects.toMatchObject({ cause: { type: 'ApprovalExpired' } })
  expect((await environment.now()).getTime() - began.getTime()).toBeGreaterThanOrEqual(DAY_MS)
  expect(called).toContain('release')
})

test('time goes on by as much as a test wants, and what is done then comes before the end of the day', async () => {
  const { environment } = skipping!
  const handle = await environment.start('fulfil-order', input())
  await environment.sleep('23 hours')
  await handle.signal('approve', { by: 'ada' })
  expect(await handle.result()).toMatchObject({ approvedBy: 'ada' })
})

test('a server that somebody else has started is used by its address, and left running', async () => {
  const { environment: owner } = skipping!
  const { address } = (owner.client.connection as Connection).options
  const { environment, called } = await open({ env: { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'default' } })
  onTestFinished(() => environment.close())
  const handle = await environment.start('fulfil-order', input())
  await handle.signal('approve', { by: 'ada' })
  expect(await handle.result()).toMatchObject({ approvedBy: 'ada' })
  expect(called).toEqual(['reserve', 'charge', 'ship', 'shipped'])
  await environment.close()
  await environment.close()
  expect(await owner.now()).toBeInstanceOf(Date)
})

test('a program that is not there is said to be so', async () => {
  await expect(open({ timeSkipping: true, env: { TEMPORAL_TEST_SERVER: '/nowhere/temporal-test-server' } })).rejects.toThrow(
    'TEMPORAL_TEST_SERVER is /nowhere/temporal-test-server: it does not start',
  )
})
