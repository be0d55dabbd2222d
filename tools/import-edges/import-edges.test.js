import { expect, test } from 'vitest'
import { PACKAGE_EDGES } from './edges.js'
import { checkImportEdges } from './import-edges.js'

const packages = new Map([
  ...['contract', 'runtime', 'worker', 'api', 'platform', 'local', 'operations', 'cli'].map(
    (name) => /** @type {[string, string]} */ ([`@sundial/${name}`, `packages/${name}`]),
  ),
  ['orders', 'apps/orders'],
])

/** @param {Record<string, string>} files */
const check = (files) => checkImportEdges({ files: new Map(Object.entries(files)), packages })

const edges = Object.entries(PACKAGE_EDGES).map(([folder, may]) => /** @type {const} */ ([folder.replace('*', 'orders'), may]))

test.each(edges)('%s imports exactly the packages of its row', (folder, may) => {
  const others = [...packages].filter(([, other]) => other !== folder)
  const source = [...packages].map(([name]) => `import '${name}/part'`).join('\n')
  const refused = others.filter(([, other]) => !may.includes(/** @type {never} */ (other))).map(([name]) => name)
  const problems = check({ [`${folder}/src/a.ts`]: source })
  expect(problems.map((problem) => /imports (\S+)\/part: /.exec(problem)?.[1])).toEqual(refused)
})

test('what describes an application is shared: the jobs take the types of search attributes from the contract, and know neither workers nor APIs', () => {
  const from = 'packages/operations/src/namespaces/specification.ts'
  expect(check({ [from]: `import type { SearchAttributeType } from '@sundial/contract'` })).toEqual([])
  expect(check({ [from]: `import '@sundial/worker'\nimport '@sundial/api'` })).toHaveLength(2)
})

test('a package that is not in the table must be put there', () => {
  expect(check({ 'packages/new/src/a.ts': `import '@sundial/contract'` })).toEqual([
    'packages/new/src/a.ts:1: imports @sundial/contract: packages/new is not in the table of packages; add it to tools/import-edges/edges.js',
  ])
})

const PLATFORM = 'packages/platform/src/'
test.each([
  ['model to component', 'model/plan.ts', '../components/temporal/model.ts', 'the model knows neither components nor targets'],
  ['model to target', 'model/plan.ts', '../targets/process/render.ts', 'the model knows neither components nor targets'],
  ['model to composition', 'model/plan.ts', '../plan.ts', 'the model knows neither components nor targets'],
  [
    'component to target',
    'components/ui/model.ts',
    '../../targets/process/paths.ts',
    'a component names no target; what is special to one stands in its adapter',
  ],
  [
    'component to target interface',
    'components/ui/model.ts',
    '../../targets/process/adapter.ts',
    'a component names no target; what is special to one stands in its adapter',
  ],
  ['component to its adapter', 'components/ui/model.ts', './process.ts', 'a component names no target; what is special to one stands in its adapter'],
  [
    'adapter to the inside of a target',
    'components/ui/process.ts',
    '../../targets/process/paths.ts',
    'an adapter knows the model, components and the interface of its target',
  ],
  [
    "adapter to another component's adapter",
    'components/ui/process.ts',
    '../temporal/process.ts',
    'what is in packages/platform/src/components/temporal/ and not an interface is its own',
  ],
  ['target to component', 'targets/process/render.ts', '../../components/ui/model.ts', 'a target knows no component'],
  ['target interface to component', 'targets/process/adapter.ts', '../../components/component.ts', 'a target knows no component'],
  [
    'target to the inside of another',
    'targets/compose/render.ts',
    '../process/paths.ts',
    'what is in packages/platform/src/targets/process/ and not an interface is its own',
  ],
  ['entry to component', 'index.ts', './components/ui/model.ts', 'only plan.ts and render.ts import components and targets'],
  ['entry to target', 'graph.ts', './targets/process/paths.ts', 'only plan.ts and render.ts import components and targets'],
  ['composition to entry', 'render.ts', './index.ts', 'what puts the platform together is not built on its entries'],
])('platform refuses %s', (_, from, specifier, why) => {
  expect(check({ [PLATFORM + from]: `import type { A } from '${specifier}'` })).toEqual([`${PLATFORM}${from}:1: imports ${specifier}: ${why}`])
})

test.each([
  ['plan.ts', './components/ui/model.ts'],
  ['render.ts', './components/ui/process.ts'],
  ['render.ts', './targets/process/render.ts'],
  ['index.ts', './model/platform.ts'],
  ['index.ts', './plan.ts'],
  ['components/ui/model.ts', '../../model/values.ts'],
  ['components/ui/model.ts', '../identity/model.ts'],
  ['components/ui/process.ts', '../../targets/process/adapter.ts'],
  ['components/ui/process.ts', './model.ts'],
  ['components/ui/process/files.ts', './settings.ts'],
  ['targets/process/render.ts', '../../model/plan.ts'],
  ['targets/process/adapter.ts', './paths.ts'],
  ['targets/compose/render.ts', '../target.ts'],
  ['components/ui/kubernetes.ts', '../../targets/kubernetes/kit.ts'],
  ['render-kubernetes.ts', './components/ui/kubernetes.ts'],
  ['components/ui/model.test.ts', '../../plan.ts'],
])('platform lets %s import %s', (from, specifier) => {
  expect(check({ [PLATFORM + from]: `import '${specifier}'` })).toEqual([])
})

test.each(['fs', 'fs/promises', 'child_process', 'net', 'tls', 'http', 'https', 'dns', 'os', 'worker_threads'])('platform may not use %s of Node', (name) => {
  const problem = 'packages/platform may use of Node only assert, crypto, path, path/posix, url, util'
  expect(check({ [`${PLATFORM}plan.ts`]: `import 'node:${name}'\nimport '${name}'` })).toEqual([
    `${PLATFORM}plan.ts:1: imports node:${name}: ${problem}`,
    `${PLATFORM}plan.ts:2: imports ${name}: ${problem}`,
  ])
  expect(check({ 'packages/local/src/a.ts': `import 'node:${name}'`, [`${PLATFORM}plan.test.ts`]: `import 'node:${name}'` })).toEqual([])
})

test('contract uses nothing of Node; what computes is free to platform', () => {
  expect(check({ 'packages/contract/src/a.ts': `import 'node:path'`, [`${PLATFORM}plan.ts`]: `import 'node:path'` })).toEqual([
    'packages/contract/src/a.ts:1: imports node:path: packages/contract may use no module of Node',
  ])
})

test('a relative import does not leave its package', () => {
  expect(check({ 'packages/local/src/up.ts': `import { render } from '../../platform/src/render.ts'` })).toEqual([
    'packages/local/src/up.ts:1: imports ../../platform/src/render.ts: this leaves the package; import the other package by its name',
  ])
})

const SANDBOX = `workflow code runs in Temporal's sandbox, without Node, zod and contracts; use "import type" where types are enough`
const workflow = 'packages/worker/src/workflow/context.ts'
test.each([
  ['zod', `import { z } from 'zod'`, 'zod'],
  ['a part of zod', `import { z } from 'zod/mini'`, 'zod/mini'],
  ['Node', `import { join } from 'node:path'`, 'node:path'],
  ['the contract', `import { jsonSchema } from '@sundial/contract'`, '@sundial/contract'],
  ['the contract, although only for a type', `import { type Contract } from '@sundial/contract'`, '@sundial/contract'],
  ['the contract, exported on', `export { jsonSchema } from '@sundial/contract'`, '@sundial/contract'],
  ['zod, later', `await import('zod')`, 'zod'],
])('the sandbox refuses %s', (_, source, chain) => {
  expect(check({ [workflow]: source })).toEqual([`${workflow}:1: imports ${chain}: ${SANDBOX}`])
})

test('the sandbox refuses what comes through other files, and shows the way', () => {
  const files = {
    'apps/orders/src/workflows/index.ts': `import { limit } from './limit.ts'\nimport type { orders } from '../contract.ts'`,
    'apps/orders/src/workflows/limit.ts': `export * from '../contract.ts'`,
    'apps/orders/src/contract.ts': `import { z } from 'zod'`,
  }
  expect(check(files)).toEqual([
    `apps/orders/src/workflows/index.ts:1: imports apps/orders/src/workflows/limit.ts -> apps/orders/src/contract.ts -> zod: ${SANDBOX}`,
    `apps/orders/src/workflows/limit.ts:1: imports apps/orders/src/contract.ts -> zod: ${SANDBOX}`,
  ])
})

test('the sandbox takes types of all, and the SDK and our own workflow package', () => {
  const source = `import type { Contract } from '@sundial/contract'\nexport type { z } from 'zod'\nimport { sleep } from '@temporalio/workflow'\nimport '@sundial/worker/workflow'`
  expect(check({ [workflow]: source.replace(/\n.*worker.*/, ''), 'apps/orders/src/workflows/index.ts': source })).toEqual([])
  expect(check({ 'packages/worker/src/bundle/manifest.ts': `import { z } from 'zod'\nimport 'node:fs'\nimport '@sundial/contract'` })).toEqual([])
})
