import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { ENVIRONMENTS } from '../model/input.ts'
import type { PlatformInput } from '../model/input.ts'
import { merge } from '../model/merge.ts'
import { resolvePlatform } from '../model/platform.ts'
import { makePlan } from '../plan.ts'
import { SYSTEMS } from '../render-kubernetes.ts'
import { assembleSystems } from '../targets/kubernetes/systems/assemble.ts'
import type { ChartRelease } from '../targets/kubernetes/system.ts'
import { input } from '../testing/platform.ts'
import { CHARTS } from './charts.ts'

/** A folder with upstream charts' values. */
const FOLDER = process.env['SUNDIAL_CHARTS']
const NO_FOLDER = 'SUNDIAL_CHARTS does not name a folder with upstream charts’ values'
/** What is not among them: nothing is known of these charts but their documentation. */
const WITHOUT_VALUES = ['apim', 'reloader', 'temporal-worker-controller-crds']

/** Values whose content is not the chart's but somebody else's, by the end of their path. */
const FREE = [
  [/(^|\.)resources(\.\w+)?$/, 'of Kubernetes'],
  [/(^|[.\w])[sS]ecurityContext(\.(pod|container))?$/, 'of Kubernetes'],
  [/(^|\.)deploymentAnnotations$/, 'names of annotations'],
  [/^config\.extraFiles$|^fileConfigs$|^config$/, 'configuration of the program'],
  [/^userconfig$/, 'configuration of the program'],
  [/^server\.extraEnvironmentVars$/, 'names of variables'],
  [/^configs\.(cm|params|rbac)$/, 'configuration of the program, as keys of a ConfigMap'],
  [/\.prometheusSpec\.(externalLabels|storageSpec)$|\.alertmanagerSpec\.storage$/, 'of the operator’s own kinds'],
  [
    /^grafana\.(fullnameOverride|testFramework|initChownData|persistence|envValueFrom|grafana\.ini|image|sidecar\.dashboards\.folderAnnotation)$/,
    'of the chart within, whose values are its own',
  ],
  [/^(kube-state-metrics|prometheus-node-exporter)\.image(\.registry)?$/, 'of the chart within, whose values are its own'],
  [/^injector\.enabled$/, 'true or false, or a text that leaves it to another value'],
  [/^ports\.web\.http\.redirections\.entryPoint$/, 'configuration of the program'],
] as const

const given: PlatformInput = {
  ...input,
  tracing: { enabled: true },
  kubernetes: { domain: 'example.com', entry: { email: 'ops@example.com' } },
  applications: {
    shop: { ...input.applications.shop, image: 'registry.example.com/shop:1.0.0', worker: { ...input.applications.shop.worker, maxReplicas: 10 } },
  },
}
/** The same with what changes charts' values. */
const otherwise: PlatformInput = {
  ...given,
  kubernetes: {
    ...given.kubernetes,
    storageClass: 'fast',
    images: { mirror: 'mirror.example.com/all', pullSecrets: ['mirror'] },
    entry: { kind: 'ingress', temporal: true, email: 'ops@example.com' },
    backups: { destination: 's3://backups/shop' },
    vault: { seal: { type: 'awskms', parameters: { region: 'eu-central-1' } } },
    systems: { workerController: { run: 'here' }, logging: { elasticsearch: 'https://logs.example.com' } },
  },
  temporal: { visibility: 'elasticsearch' },
}

const releasesOf = (platform: PlatformInput): ChartRelease[] =>
  ENVIRONMENTS.flatMap((environment) => {
    const plan = makePlan(resolvePlatform(platform, environment))
    const { kubernetes } = plan.platform
    const settings = { ...kubernetes, domain: 'example.com', network: { ...kubernetes.network, apiServer: ['192.0.2.1/32'] } }
    return [...assembleSystems(SYSTEMS, { plan, settings, digests: {} }).releases]
  })
const releases = [...releasesOf(given), ...releasesOf(otherwise)]
const released = [...new Set(releases.map(({ chart }) => chart.name))].sort()

test('every chart of the table is used, pinned, and says when it was checked', () => {
  expect(released).toEqual(Object.keys(CHARTS).sort())
  for (const { version, checked, repository } of Object.values(CHARTS)) {
    expect(version).toMatch(/^v?\d+\.\d+\.\d+$/)
    expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(repository).toMatch(/^(https|oci):\/\//)
  }
})

test.for(released.filter((name) => !WITHOUT_VALUES.includes(name)))('%s knows every value that is set for it, with its type', (name, { skip }) => {
  skip(FOLDER === undefined, NO_FOLDER)
  expect(problemsOf(name)).toEqual([])
})

function problemsOf(name: string): string[] {
  const folder = join(FOLDER ?? '', name)
  const defaults = load(readFileSync(join(folder, 'values.yaml'), 'utf8'))
  const schema = join(folder, 'values.schema.json')
  const validate = existsSync(schema) ? compiled(schema) : undefined
  return releases
    .filter(({ chart }) => chart.name === name)
    .flatMap(({ values }) => [
      ...differences(values, defaults, ''),
      ...(validate && !validate(merge(defaults, values)) ? (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`) : []),
    ])
}

/** Charts' schemas are of several drafts, and say nothing in which these differ. */
function compiled(path: string): ValidateFunction {
  const { $schema: _, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  return new Ajv({ strict: false, allErrors: true, logger: false }).compile(schema)
}

function differences(value: unknown, known: unknown, path: string): string[] {
  if (FREE.some(([pattern]) => pattern.test(path))) return []
  if (known === undefined) return [`${path} is not a value of the chart`]
  // The chart says nothing of its type.
  if (known === null || known === '') return []
  if (kindOf(value) !== kindOf(known)) return [`${path} is ${kindOf(value)}, and the chart's is ${kindOf(known)}`]
  if (kindOf(value) !== 'object') return []
  return Object.entries(value as object).flatMap(([key, child]) =>
    differences(child, (known as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`),
  )
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
}
