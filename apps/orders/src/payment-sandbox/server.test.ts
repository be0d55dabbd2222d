import { once } from 'node:events'
import { appendFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TEST_CARDS } from '../contract.ts'
import { API_KEY, type RunningSandbox, startSandbox } from '../testing/fixture.ts'

let sandbox: RunningSandbox
beforeAll(async () => {
  sandbox = await startSandbox(200)
})
afterAll(() => sandbox.stop())

interface Answer {
  readonly status: number
  readonly body: { id?: string; charge_id?: string; error?: { code: string }; charges?: { id: string; refunded: boolean }[] }
}

async function send(method: string, path: string, options: { key?: string; body?: object; apiKey?: string } = {}): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${options.apiKey ?? API_KEY}`,
    ...(options.key !== undefined && { 'idempotency-key': options.key }),
    ...(options.body && { 'content-type': 'application/json' }),
  }
  const response = await fetch(`${sandbox.url}${path}`, { method, headers, ...(options.body && { body: JSON.stringify(options.body) }) })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}
const charge = (key: string, cardNumber: string, amount = 100) =>
  send('POST', '/charges', { key, body: { reference: 'order', amount, currency: 'EUR', card_number: cardNumber } })
const outcome = ({ status, body }: Answer) => [status, body.error?.code ?? 'ok']

test.each([
  ['approved', [[201, 'ok']]],
  ['declined', [[402, 'card_declined']]],
  ['insufficientFunds', [[402, 'insufficient_funds']]],
  ['slow', [[201, 'ok']]],
  [
    'down',
    [
      [503, 'unavailable'],
      [503, 'unavailable'],
      [201, 'ok'],
    ],
  ],
] as const)('card %s: %j, and the last answer again for the same key', async (card, answers) => {
  const ids = new Set<string | undefined>()
  for (const expected of [...answers, answers.at(-1)]) {
    const answer = await charge(`card-${card}`, TEST_CARDS[card])
    expect(outcome(answer)).toEqual(expected)
    if (answer.status !== 503) ids.add(answer.body.id)
  }
  expect(ids.size).toBe(1)
})

test('the slow card answers late the first time, and a second request waits for the same charge', async () => {
  const startedAt = performance.now()
  const late = async () => ({ ...(await charge('slow-key', TEST_CARDS.slow)), ms: performance.now() - startedAt })
  const [first, second] = await Promise.all([late(), late()])
  expect(Math.min(first.ms, second.ms)).toBeGreaterThan(190)
  expect(second.body.id).toBe(first.body.id)
  expect((await charge('slow-key', TEST_CARDS.slow)).body.id).toBe(first.body.id)
})

test('the same key with another request is refused', async () => {
  await charge('mismatch', TEST_CARDS.approved)
  expect(outcome(await charge('mismatch', TEST_CARDS.approved, 101))).toEqual([422, 'idempotency_mismatch'])
})

test('refunds once per charge', async () => {
  const { id } = (await charge('to-refund', TEST_CARDS.approved)).body
  const first = await send('POST', `/charges/${id}/refunds`, { key: 'refund' })
  expect([first.status, first.body.charge_id]).toEqual([201, id])
  expect((await send('POST', `/charges/${id}/refunds`, { key: 'refund' })).body).toEqual(first.body)
  expect(outcome(await send('POST', `/charges/${id}/refunds`, { key: 'another' }))).toEqual([409, 'already_refunded'])
  expect(outcome(await send('POST', '/charges/ch_none/refunds', { key: 'third' }))).toEqual([404, 'no_such_charge'])
})

test('a reversal refunds what was charged with the key, and refuses what comes later', async () => {
  const { id } = (await charge('reversed', TEST_CARDS.approved)).body
  const reverse = (key: string) => send('POST', '/reversals', { body: { idempotency_key: key } })
  expect((await reverse('reversed')).body).toEqual({ charge_id: id })
  expect((await reverse('reversed')).body).toEqual({ charge_id: id })
  expect((await reverse('never-seen')).body).toEqual({})
  expect(outcome(await charge('never-seen', TEST_CARDS.approved))).toEqual([409, 'charge_reversed'])
})

test.each([
  ['no key', () => send('GET', '/charges', { apiKey: '' }), [401, 'unauthorized']],
  ['a wrong key', () => send('GET', '/charges', { apiKey: `${API_KEY}x` }), [401, 'unauthorized']],
  [
    'no idempotency key',
    () => send('POST', '/charges', { body: { reference: 'r', amount: 1, currency: 'EUR', card_number: TEST_CARDS.approved } }),
    [400, 'bad_request'],
  ],
  [
    'an amount that is no number',
    () => send('POST', '/charges', { key: 'k', body: { reference: 'r', amount: '1', currency: 'EUR', card_number: TEST_CARDS.approved } }),
    [400, 'bad_request'],
  ],
  ['another path', () => send('GET', '/nowhere'), [404, 'not_found']],
] as const)('refuses %s', async (_name, request, expected) => {
  expect(outcome(await request())).toEqual(expected)
})

test('a connection on which nothing was asked does not keep it from stopping', async () => {
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1')
  await once(socket, 'connect')
  const cut = once(socket, 'close')
  // It must know of the connection, so another request goes after it.
  await send('GET', '/charges')
  sandbox = await sandbox.restart()
  await cut
  expect(socket.destroyed).toBe(true)
}, 5000)

test('a restart forgets nothing, and a line that was half written when it crashed is no charge', async () => {
  const before = await charge('before-restart', TEST_CARDS.approved)
  await appendFile(`${sandbox.folder}/payments.jsonl`, '{"type":"charge","key":"torn"')
  sandbox = await sandbox.restart()
  const after = await charge('before-restart', TEST_CARDS.approved)
  expect(after).toEqual(before)
  expect((await charge('torn', TEST_CARDS.approved)).status).toBe(201)
  sandbox = await sandbox.restart()
  const { charges = [] } = (await send('GET', '/charges?reference=order')).body
  expect(charges.filter(({ id }) => id === before.body.id)).toMatchObject([{ refunded: false }])
})
