import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Contract, WorkflowDefinition } from '../contract.ts'
import { problemsOf, workflow } from './problems.fixture.ts'

const message = { input: z.object({}), output: z.object({}) }

test.each<[Partial<Contract>, string]>([
  [{ name: 'Orders' }, 'name: "Orders" must be lower case'],
  [{ taskQueue: '' }, 'taskQueue: must not be empty'],
  [{ taskQueue: '/_sys/x' }, 'taskQueue: "/_sys/x" is one of Temporal'],
  [{ workflows: { 'a/b': workflow } }, 'workflows.a/b: a name is letters'],
  [{ workflows: { __temporal_x: workflow } }, 'workflows.__temporal_x: names that begin with "__temporal"'],
  [{ workflows: { 'do-it': workflow, doIt: workflow } }, 'workflows.doIt: would have the same name as "do-it" in the API\'s document and in clients (DoIt)'],
  [{ workflows: { 'list-workflows': workflow } }, 'workflows.list-workflows: generated clients have something else under this name'],
  [{ searchAttributes: { StartTime: 'datetime' } }, "searchAttributes.StartTime: is one of Temporal's own"],
  [{ searchAttributes: { TemporalThing: 'int' } }, "searchAttributes.TemporalThing: is one of Temporal's own"],
  [{ searchAttributes: { 'order-id': 'keyword' } }, 'searchAttributes.order-id: a search attribute is letters'],
  [{ searchAttributes: { OrderId: 'string' as 'text' } }, 'searchAttributes.OrderId: there is no "string"; it must be one of keyword, text'],
])('refuses in a contract: %j', (changes, expected) => {
  expect(problemsOf(changes)).toEqual([expect.stringContaining(expected)])
})

test.each<[Partial<WorkflowDefinition>, string]>([
  [{ signals: { __stack_trace: message } }, 'workflows.w.signals.__stack_trace: names that begin with'],
  [{ updates: { 'change-it': message, change_it: message } }, 'workflows.w.updates.change_it: would have the same name as "change-it"'],
  [{ queries: { '': message } }, 'workflows.w.queries.: a name is letters'],
  [{ idempotency: undefined }, 'workflows.w.idempotency: is not set'],
  [{ idempotency: 'once' as never }, 'workflows.w.idempotency: there is no "once"'],
  [{ access: undefined }, 'workflows.w.access: is not set'],
  [{ errors: { TypeError: {} } }, 'workflows.w.errors.TypeError: is what a program throws by accident'],
  [{ errors: { 'not-found': {} } }, 'workflows.w.errors.not-found: an error is letters and digits, and begins with a capital'],
])('refuses in a workflow: %j', (changes, expected) => {
  expect(problemsOf({}, changes)).toEqual([expect.stringContaining(expected)])
})
