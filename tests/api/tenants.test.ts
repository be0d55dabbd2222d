import { randomUUID } from 'node:crypto'
import { createApi, createVerifier, openTemporal, readApiSettings } from '@sundial/api'
import { defineContract, type TenantBinding } from '@sundial/contract'
import { createLogger, TemporalAccess } from '@sundial/runtime'
import { orders } from 'orders/contract'
import { Registry } from 'prom-client'
import { expect, inject, onTestFinished, test } from 'vitest'
import { sundial } from '../support/command.ts'
import { order } from '../support/orders.ts'
import { signToken } from '../support/signed-tokens.ts'

const { schedules: _, ...alone } = orders
const bindings: readonly [string, TenantBinding][] = [
  ['a search attribute', { claim: 'merchant', allTenants: 'orders:all', searchAttribute: 'OrderCustomer' }],
  ['the ids', { claim: 'merchant', allTenants: 'orders:all', idSeparator: '.' }],
]

/** The orders API for merchants, in this process, on the platform's Temporal. */
async function open(tenant: TenantBinding) {
  const { stdout } = await sundial(['exec', 'orders-api', '--', 'env'], { stateRoot: inject('stateRoot') })
  const env = Object.fromEntries(stdout.split('\n').map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]))
  const settings = readApiSettings(env)
  const logger = createLogger('test', 'silent')
  const temporal = await openTemporal(new TemporalAccess(settings.temporal, logger), settings.temporal.namespace)
  // Nobody works on this queue: what is started stays as it is.
  const contract = defineContract({ ...alone, taskQueue: `nobody-${randomUUID()}`, tenant })
  const app = await createApi({ contract }, { temporal, verifier: createVerifier(settings), logger, registry: new Registry(), cursorKey: settings.cursorKey })
  onTestFinished(async () => {
    await app.close()
    await temporal.close()
  })
  const SCOPES = 'orders:read orders:write orders:approve orders:admin'
  // Besides the names of merchants: "all" acts for all of them, and "none" says of nobody.
  return async (merchant: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const token = await signToken({
      audience: settings.audience,
      scope: merchant === 'all' ? `${SCOPES} orders:all` : SCOPES,
      ...(merchant !== 'all' && merchant !== 'none' && { claims: { merchant } }),
    })
    const { statusCode, body } = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) })
    return { status: statusCode, body: body === '' ? undefined : JSON.parse(body) }
  }
}

test.each(bindings)('tenants are told apart by %s: nobody sees, counts or changes what is another’s', async (by, binding) => {
  const call = await open(binding)
  const [ada, bob] = [`ada-${randomUUID()}`, `bob-${randomUUID()}`]
  const LIST = '/v1/workflows'
  const startAs = async (merchant: string): Promise<string> => {
    const { status, body } = await call(merchant, 'POST', `${LIST}/fulfil-order`, order())
    expect(status).toBe(201)
    onTestFinished(async () => void (await call('all', 'POST', `${LIST}/fulfil-order/${body.workflowId}/terminate`)))
    return body.workflowId
  }
  const [ofAda, ofBob] = [await startAs(ada), await startAs(bob)]
  const idsOf = async (merchant: string, query = '') =>
    (await call(merchant, 'GET', `${LIST}?limit=200${query}`)).body.items.map((item: any) => item.workflowId)
  // A list knows of a workflow a moment later.
  await expect.poll(async () => [await idsOf(ada), await idsOf(bob)], { timeout: 60_000, interval: 200 }).toEqual([[ofAda], [ofBob]])
  expect((await call(ada, 'GET', `${LIST}:count?by=status`)).body).toEqual({ count: 1, byStatus: { RUNNING: 1 } })
  expect(await idsOf(ada, `&workflowId=${ofBob}`)).toEqual([])
  expect(await idsOf(ada, `&attr.OrderCustomer=${bob}`)).toEqual([])
  expect(await idsOf('all')).toEqual(expect.arrayContaining([ofAda, ofBob]))

  const at = `${LIST}/fulfil-order/${ofBob}`
  const asked = [
    ['GET', ''],
    ['GET', '/result'],
    ['GET', '/events'],
    ['GET', '/queries/status'],
    ['POST', '/signals/approve', { by: 'ada' }],
    ['POST', '/updates/await-acceptance', {}],
    ['POST', '/cancel'],
    ['POST', '/terminate'],
    ['POST', '/reset', { to: 'first' }],
  ] as const
  const answers = await Promise.all(asked.map(async ([method, end, body]) => [end, (await call(ada, method, at + end, body)).status]))
  expect(answers).toEqual(asked.map(([, end]) => [end, 404]))
  // Nor may anybody start one, or something with a start, under an id that another has.
  const taken = by === 'the ids' ? 403 : 409
  expect((await call(ada, 'PUT', at, order())).status).toBe(taken)
  expect((await call(ada, 'POST', `${at}/signal-with-start/approve`, { start: order(), signal: { by: 'ada' } })).status).toBe(taken)
  expect(await call(bob, 'GET', at)).toMatchObject({ status: 200, body: { status: 'RUNNING', historyLength: 2 } })
  expect((await call(bob, 'POST', `${at}/signals/approve`, { by: 'bob' })).status).toBe(202)
  expect(await call('none', 'GET', LIST)).toMatchObject({ status: 403, body: { detail: expect.stringContaining('merchant') } })
})
