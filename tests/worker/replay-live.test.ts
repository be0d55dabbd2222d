import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { ROOT, sundial } from '../support/command.ts'
import { api, order, result, start } from '../support/orders.ts'
import { copyProject, edit } from '../support/project-copy.ts'

interface Replay {
  readonly application: string
  readonly replayed: Readonly<Record<string, number>>
  readonly failures: readonly { workflowType: string; workflowId: string; runId: string; reason: string }[]
}

const prefix = `replayed-${Date.now()}`
const [first, second] = [order({ orderId: `${prefix}-1` }), order({ orderId: `${prefix}-2` })]
let changed: string

/** What these tests ordered, and nothing that others did. */
async function replayIn(project: string): Promise<{ code: number | null; replays: Replay[]; stderr: string }> {
  const args = ['replay', '--live', '--query', `WorkflowId STARTS_WITH '${prefix}'`, '--json']
  const { code, stdout, stderr } = await sundial(args, { stateRoot: inject('stateRoot'), cwd: project })
  return { code, replays: stdout === '' ? [] : (JSON.parse(stdout) as Replay[]), stderr }
}

beforeAll(async () => {
  changed = await copyProject()
  const [reserve, charge] = ['await steps.reserve(claim);', 'const chargeId = await steps.charge(claim);']
  await edit(changed, 'apps/orders/dist/workflows/fulfil-order.js', (code) => code.replace(charge, '').replace(reserve, `${charge} ${reserve}`))
  for (const input of [first, second]) {
    expect((await start(input)).status).toBe(201)
    expect((await result(input.orderId)).status).toBe(200)
  }
  const found = async () => (await api('GET', `/v1/workflows:count?workflowIdPrefix=${prefix}`)).body.count as number
  await vi.waitFor(async () => expect(await found()).toBe(2), { timeout: 60_000, interval: 200 })
})
afterAll(() => rm(changed, { recursive: true, force: true }))

test('what a namespace has is decrypted, and goes on with the code of today', async () => {
  expect(await replayIn(ROOT)).toEqual({ code: 0, replays: [{ application: 'orders', replayed: { 'fulfil-order': 2 }, failures: [] }], stderr: '' })
})

test('a step that was moved is caught: each workflow and the activity are named', async () => {
  const { code, replays } = await replayIn(changed)
  expect(code).toBe(1)
  const reason = "Activity type of scheduled event 'reserveStock' does not match activity type of activity command 'chargeCard'"
  const failure = (workflowId: string) => ({ workflowType: 'fulfil-order', workflowId, runId: expect.any(String) as string, reason })
  expect(replays).toHaveLength(1)
  expect(replays[0]?.failures.toSorted((one, other) => one.workflowId.localeCompare(other.workflowId))).toEqual(
    [first, second].map(({ orderId }) => failure(orderId)),
  )
})
