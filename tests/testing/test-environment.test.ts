import { orders } from 'orders/contract'
import { expect, inject, onTestFinished, test } from 'vitest'
import { sundial } from '../support/command.ts'
import { input, open } from './orders-environment.ts'

test('an application’s own workflows run on the local platform, with activities of the test', { timeout: 120_000 }, async () => {
  const env = await workerEnvironment()
  const { environment, called } = await open({ env })
  onTestFinished(() => environment.close())
  const handle = await environment.start('fulfil-order', input())
  await handle.signal('approve', { by: 'ada' })
  expect(await handle.result()).toMatchObject({ chargeId: 'ch_2', trackingNumber: 'SD3', approvedBy: 'ada' })
  expect(called).toEqual(['reserve', 'charge', 'ship', 'shipped'])
})

test('what the namespace lacks for the contract is said, with what adds it', { timeout: 120_000 }, async () => {
  const contract = { ...orders, searchAttributes: { ...orders.searchAttributes, OrderColour: 'keyword-list' as const } }
  await expect(open({ env: await workerEnvironment(), contract })).rejects.toThrow(
    /the search attribute OrderColour of type keyword-list; add what it lacks: temporal operator search-attribute create --namespace \S+ --name OrderColour --type KeywordList$/,
  )
})

/** What the worker of the local platform is given. */
async function workerEnvironment(): Promise<NodeJS.ProcessEnv> {
  const { stdout } = await sundial(['exec', 'orders-worker', '--', 'env'], { stateRoot: inject('stateRoot') })
  return Object.fromEntries(stdout.split('\n').map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]))
}
