import { expect, test } from 'vitest'
import { z } from 'zod'
import type { TenantBinding } from '../access.ts'
import type { Contract, WorkflowDefinition } from '../contract.ts'
import { problemsOf } from './problems.fixture.ts'

const withStart = { input: z.object({}), withStart: true }

test.each<[string, Partial<WorkflowDefinition>, Partial<Contract>?]>([
  ['hidden', { http: false, access: { reset: 'a:admin', schedule: 'a:b/c' } }],
  ['with progress', { http: { progress: 'progress' }, signals: { go: withStart } }],
  ['with objectives', { objectives: { latency: { percentile: 99.9, within: '1m' }, successRatio: 0.999, window: '7d' } }],
  ['for tenants by attribute', {}, { searchAttributes: { Tenant: 'keyword' }, tenant: { claim: 'tenant', searchAttribute: 'Tenant', allTenants: 'all' } }],
  ['for tenants by id', {}, { tenant: { claim: 'https://example.com/tenant', idSeparator: '::' } }],
])('accepts a workflow %s', (_, workflow, contract = {}) => {
  expect(problemsOf(contract, workflow)).toEqual([])
})

test.each<[Partial<WorkflowDefinition>, string]>([
  [{ access: { stop: 'a:b' } as object }, 'workflows.w.access.stop: there is no "stop"; it must be one of start, read'],
  [{ access: { start: '' } }, 'workflows.w.access.start: "" is no scope'],
  [{ access: { start: 'a b' } }, 'workflows.w.access.start: "a b" is no scope'],
  [{ http: { progress: 'state' } }, 'workflows.w.http.progress: there is no "state"; it must be one of progress, line'],
  [{ http: { progress: 'line' } }, 'workflows.w.http.progress: the query "line" has an input'],
  [{ http: false, signals: { go: withStart } }, 'workflows.w.signals.go.withStart: the workflow is not shown over HTTP'],
  [{ objectives: { successRatio: 1 } }, 'workflows.w.objectives.successRatio: 1 must be more than 0 and less than 1'],
  [{ objectives: { latency: { percentile: 100, within: '1s' } } }, 'workflows.w.objectives.latency.percentile: 100 must be'],
  [{ objectives: { latency: { percentile: 95 } as never } }, 'workflows.w.objectives.latency.within: is not set'],
  [{ objectives: { window: '0d' } }, 'workflows.w.objectives.window: "0d" is no time'],
])('refuses %j', (workflow, message) => {
  const found = problemsOf({}, workflow)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(message)
})

test.each<[TenantBinding, string]>([
  [{ claim: 'tenant', searchAttribute: 'Tenant' }, 'tenant.searchAttribute: there is no "Tenant"; it must be one of Amount'],
  [{ claim: 'tenant', searchAttribute: 'Amount' }, 'tenant.searchAttribute: "Amount" is of the type int'],
  [{ claim: '', idSeparator: '.' }, 'tenant.claim: must not be empty'],
  [{ claim: 'tenant', idSeparator: '' }, 'tenant.idSeparator: "" must be'],
  [{ claim: 'tenant', idSeparator: '.', allTenants: 'a b' }, 'tenant.allTenants: "a b" is no scope'],
])('refuses tenants by %j', (tenant, message) => {
  const found = problemsOf({ tenant, searchAttributes: { Amount: 'int' } })
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(message)
})
