import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ActivityDefinition, Contract, WorkflowDefinition } from '../contract.ts'
import { defineContract } from '../define.ts'
import { contractManifest } from '../manifest.ts'
import { contractChanges } from './index.ts'

const workflow: WorkflowDefinition = {
  description: 'Sells',
  input: z.object({ quantity: z.int().min(1), gift: z.boolean().optional() }),
  output: z.object({ id: z.string(), mode: z.enum(['air', 'road']), note: z.string().optional() }),
  idempotency: 'once-per-id',
  errors: { Declined: { httpStatus: 402, data: z.object({ reason: z.enum(['limit', 'stolen']) }) } },
  signals: { go: { input: z.object({ by: z.string().optional() }), withStart: true } },
  queries: { state: { output: z.object({ step: z.enum(['a', 'b']) }) }, line: { input: z.object({ n: z.int() }), output: z.int() } },
  updates: { change: { input: z.object({ to: z.string() }), output: z.object({ was: z.string() }) } },
  http: { progress: 'state' },
  access: { start: 'shop:write', read: 'shop:read' },
}
const activity: ActivityDefinition = {
  description: 'Pays',
  input: z.object({ amount: z.int() }),
  output: z.object({ paid: z.int() }),
  errors: { Broke: {} },
  startToCloseTimeout: '1s',
  scheduleToCloseTimeout: '1m',
}
const contract: Contract = {
  name: 'shop',
  taskQueue: 'shop',
  searchAttributes: { Customer: 'keyword' },
  workflows: { sell: workflow },
  activities: { pay: activity },
}
const scheduled: Contract = {
  ...contract,
  schedules: { daily: { description: 'Daily', workflow: 'sell', input: { quantity: 1 }, cron: '@daily' } },
}
const manifest = (each: Contract) => JSON.parse(JSON.stringify(contractManifest(defineContract<Contract>(each)))) as ReturnType<typeof contractManifest>
/** Each as `R` (breaks running workflows), `C` (breaks API clients) or `-`, path and sentence. */
const changes = (changed: Contract, before: Contract = contract) =>
  contractChanges(manifest(before), manifest(changed)).map(
    ({ path, breaks, message }) => `${breaks.map((audience) => audience.charAt(0).replace('r', 'R').replace('a', 'C')).join('') || '-'} ${path} ${message}`,
  )
const withWorkflow = (change: Partial<WorkflowDefinition>): Contract => ({ ...contract, workflows: { sell: { ...workflow, ...change } } })
const withActivity = (change: Partial<ActivityDefinition>): Contract => ({ ...contract, activities: { pay: { ...activity, ...change } } })
const { errors, signals, queries, updates } = workflow as Required<WorkflowDefinition>

test('nothing is said of what nobody notices', () => {
  expect(changes(contract)).toEqual([])
  expect(
    changes(
      withWorkflow({
        description: 'Sells a lot',
        output: z.object({ id: z.string(), mode: z.enum(['air', 'road']), note: z.string().optional(), more: z.int().optional() }),
      }),
    ),
  ).toEqual([])
})

test.each<[string, Contract, string[]]>([
  ['another task queue', { ...contract, taskQueue: 'store' }, ['R taskQueue is store instead of shop: workflows that run wait on the old one']],
  ['a workflow gone', { ...contract, workflows: { buy: workflow } }, ['RC workflows.sell is gone', '- workflows.buy is new']],
  ['an activity gone', { ...contract, activities: {} }, ['R activities.pay is gone']],
  ['an attribute gone', { ...contract, searchAttributes: {} }, ['RC searchAttributes.Customer is gone']],
  [
    'an attribute of another type',
    { ...contract, searchAttributes: { Customer: 'text' } },
    ['RC searchAttributes.Customer is of the type text instead of keyword'],
  ],
  ['tenants', { ...contract, tenant: { claim: 'tenant', searchAttribute: 'Customer' } }, ['C tenant is new: tokens without the claim tenant are refused']],
  [
    'a narrower input',
    withWorkflow({ input: z.object({ quantity: z.int().min(2), gift: z.boolean() }) }),
    ['RC workflows.sell.input.gift must be given now', 'RC workflows.sell.input.quantity has the limit minimum 2 instead of 1'],
  ],
  ['a wider input', withWorkflow({ input: z.object({ quantity: z.int().min(0) }) }), []],
  [
    'a wider output',
    withWorkflow({ output: z.object({ id: z.string().optional(), mode: z.enum(['air', 'road', 'sea']), note: z.string().optional() }) }),
    ['C workflows.sell.output.id may be absent now', 'C workflows.sell.output.mode may be "sea" now: callers do not expect it'],
  ],
  [
    'a narrower output',
    withWorkflow({ output: z.object({ id: z.string(), mode: z.enum(['air']), note: z.string() }) }),
    [
      'C workflows.sell.output.note must be given now: results of workflows that ended before do not fit',
      'C workflows.sell.output.mode may no longer be "road"',
    ],
  ],
  ['an output with a default', withWorkflow({ output: z.object({ id: z.string(), mode: z.enum(['air', 'road']), note: z.string().default('') }) }), []],
  ['another idempotency', withWorkflow({ idempotency: 'allow-duplicate' }), ['C workflows.sell.idempotency is allow-duplicate instead of once-per-id']],
  ['a limit', withWorkflow({ executionTimeout: '1h' }), ['- workflows.sell.executionTimeout is 1h instead of no limit']],
  ['objectives', withWorkflow({ objectives: { successRatio: 0.9 } }), ['- workflows.sell.objectives are others']],
  ['an error gone', withWorkflow({ errors: {} }), ['C workflows.sell.errors.Declined is gone']],
  ['a new error', withWorkflow({ errors: { ...errors, Other: {} } }), ['- workflows.sell.errors.Other is new']],
  [
    'another status',
    withWorkflow({ errors: { Declined: { ...errors['Declined'], httpStatus: 409 } } }),
    ['C workflows.sell.errors.Declined.httpStatus is 409 instead of 402'],
  ],
  [
    'an error that may pass',
    withWorkflow({ errors: { Declined: { ...errors['Declined'], retryable: true } } }),
    ['C workflows.sell.errors.Declined.retryable is true'],
  ],
  ['an error without data', withWorkflow({ errors: { Declined: { httpStatus: 402 } } }), ['C workflows.sell.errors.Declined.data is gone']],
  [
    'other data of an error',
    withWorkflow({ errors: { Declined: { httpStatus: 402, data: z.object({ reason: z.enum(['limit', 'other']) }) } } }),
    ['C workflows.sell.errors.Declined.data.reason may be "other" now', 'C workflows.sell.errors.Declined.data.reason may no longer be "stolen"'],
  ],
  ['a signal gone', withWorkflow({ signals: {} }), ['RC workflows.sell.signals.go is gone']],
  [
    'a narrower signal',
    withWorkflow({ signals: { go: { ...signals['go'], input: z.object({ by: z.string() }) } } }),
    ['RC workflows.sell.signals.go.input.by must be given now'],
  ],
  ['a signal that starts nothing', withWorkflow({ signals: { go: { input: signals['go']!.input } } }), ['C workflows.sell.signals.go.withStart is gone']],
  ['a query gone', withWorkflow({ queries: { state: queries['state']! } }), ['C workflows.sell.queries.line is gone']],
  [
    'a query asked otherwise',
    withWorkflow({ queries: { ...queries, state: { ...queries['state']!, input: z.object({}) } }, http: {} }),
    [
      'C workflows.sell.queries.state.input is needed now: the query is asked by POST instead of GET',
      'C workflows.sell.http.progress is no query instead of state',
    ],
  ],
  [
    'a narrower query',
    withWorkflow({ queries: { ...queries, line: { input: z.object({ n: z.int().max(9) }), output: z.int() } } }),
    ['C workflows.sell.queries.line.input.n has the limit maximum 9'],
  ],
  [
    'a wider answer',
    withWorkflow({ queries: { ...queries, state: { output: z.object({ step: z.enum(['a', 'b', 'c']) }) } } }),
    ['C workflows.sell.queries.state.output.step may be "c" now'],
  ],
  ['an update gone', withWorkflow({ updates: {} }), ['RC workflows.sell.updates.change is gone']],
  [
    'a narrower update',
    withWorkflow({ updates: { change: { ...updates['change']!, input: z.object({ to: z.enum(['x']) }) } } }),
    ['RC workflows.sell.updates.change.input.to must be "x" now'],
  ],
  [
    'another outcome',
    withWorkflow({ updates: { change: { ...updates['change']!, output: z.object({ was: z.int() }) } } }),
    ['C workflows.sell.updates.change.output.was may be integer now', 'R workflows.sell.updates.change.output.was may no longer be string'],
  ],
  [
    'another scope',
    withWorkflow({ access: { start: 'shop:write', read: 'shop:all' } }),
    ['C workflows.sell.access.read is the scope shop:all instead of shop:read'],
  ],
  [
    'no access',
    withWorkflow({ access: { start: 'shop:write', cancel: 'shop:write' } }),
    ['C workflows.sell.access.read is gone', '- workflows.sell.access.cancel is granted'],
  ],
  [
    'hidden',
    withWorkflow({ http: false, signals: { go: { input: signals['go']!.input } } }),
    ['C workflows.sell.signals.go.withStart is gone', 'C workflows.sell.http is false'],
  ],
  [
    'a narrower activity',
    withActivity({ input: z.object({ amount: z.int(), currency: z.string() }) }),
    ['R activities.pay.input.currency must be given now: calls that are under way'],
  ],
  [
    'a narrower result of an activity',
    withActivity({ output: z.object({ paid: z.int().min(0) }) }),
    ['R activities.pay.output.paid has the limit minimum 0: a result in a history'],
  ],
  ['a wider result of an activity', withActivity({ output: z.object({ paid: z.number() }) }), []],
  ['an error of an activity gone', withActivity({ errors: {} }), ['R activities.pay.errors.Broke is gone']],
  ['an error of an activity that may pass', withActivity({ errors: { Broke: { retryable: true } } }), ['R activities.pay.errors.Broke.retryable is true']],
  [
    'other limits of an activity',
    withActivity({ startToCloseTimeout: '2s', retry: { maximumAttempts: 2 } }),
    ['- activities.pay.startToCloseTimeout is 2s instead of 1s', '- activities.pay.retry is another'],
  ],
])('says what follows from: %s', (_, changed, expected) => {
  const found = changes(changed)
  expect(found).toEqual(expected.map((each) => expect.stringContaining(each)))
})

test('a workflow that is not shown over HTTP breaks no client', () => {
  const hidden = withWorkflow({ http: false, signals: {} })
  expect(
    changes(
      { ...contract, workflows: { sell: { ...hidden.workflows['sell']!, input: z.object({ quantity: z.int().min(5) }), idempotency: 'retry-if-failed' } } },
      hidden,
    ),
  ).toEqual([expect.stringMatching(/^R workflows\.sell\.input\.quantity/), expect.stringMatching(/^- workflows\.sell\.idempotency/)])
  expect(changes({ ...contract, workflows: {} }, hidden)).toContainEqual(expect.stringMatching(/^R workflows\.sell is gone/))
})

test('a schedule is made, changed and removed, and breaks nobody', () => {
  const hourly: Contract = { ...contract, schedules: { daily: { description: 'Daily', workflow: 'sell', input: { quantity: 1 }, cron: '@hourly' } } }
  expect([changes(scheduled), changes(hourly, scheduled), changes(contract, scheduled)]).toEqual([
    ['- schedules.daily is new'],
    ['- schedules.daily is another: it is changed in Temporal'],
    ['- schedules.daily is gone: it is removed from Temporal'],
  ])
})
