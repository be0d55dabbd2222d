import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolvePlatform } from '@sundial/platform'
import { objectKey, type KubernetesObject } from '@sundial/platform/kubernetes'
import { makePlan } from '@sundial/platform/plan'
import { renderKubernetes } from '@sundial/platform/render-kubernetes'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../support/command.ts'
import { goProgram } from '../support/go-program.ts'
import { HELM } from '../support/go-programs.ts'
import { chartFolder, CHARTS, Helm, type ChartName } from '../support/helm.ts'
import { comparable } from './same-as-rendered.ts'

const VALUES = { 'temporal-worker': ['minimal', 'orders', 'backlog'], 'temporal-api': ['minimal', 'orders', 'ingress'] } as const
const CASES = CHARTS.flatMap((chart) => VALUES[chart].map((values) => [chart, values] as const))
const valuesFile = (chart: ChartName, values: string) => join(chartFolder(chart), 'ci', `${values}-values.yaml`)

let folder: string
let helm: Helm
let missing: string | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sundial-helm-'))
  const program = await goProgram(HELM)
  if (program.missing === undefined) helm = new Helm(program.path, folder)
  else missing = program.missing
})
beforeEach(({ skip }) => skip(missing !== undefined, `Helm cannot be had: ${missing}`))
afterAll(() => rm(folder, { recursive: true }))

describe.each(CASES)('%s with the values "%s"', (chart, values) => {
  const release = { name: chart.replace('temporal', 'orders'), values: [valuesFile(chart, values)] }

  test('lints, is packaged, and a package gives what the folder gives', async () => {
    expect(await helm.run(['lint', '--strict', chartFolder(chart), '--values', valuesFile(chart, values)])).toContain('1 chart(s) linted, 0 chart(s) failed')
    await helm.run(['package', chartFolder(chart), '--destination', folder])
    const packed = (await readdir(folder)).find((name) => name.startsWith(`${chart}-`)) ?? ''
    expect(await helm.template({ ...release, chart: join(folder, packed) })).toEqual(await helm.template({ ...release, chart: chartFolder(chart) }))
  })
})

test.each(CHARTS)('%s gives for orders what is rendered for production', async (chart) => {
  const name = chart.replace('temporal', 'orders')
  const config: unknown = ((await import(join(ROOT, 'sundial.config.ts'))) as { default: unknown }).default
  const { objects } = renderKubernetes(makePlan(resolvePlatform(config, 'production')))
  // Secrets come from Vault by objects of their own, and routes are the gateway's.
  const own = objects.filter(({ kind, metadata }) => belongsTo(name, metadata) && !['ExternalSecret', 'HTTPRoute'].includes(kind))
  const made = await helm.template({ name, chart: chartFolder(chart), values: [valuesFile(chart, 'orders')] })
  const keyed = (given: readonly KubernetesObject[]) => Object.fromEntries(given.map((object) => [objectKey(object), comparable(object)]))
  expect(own.length).toBeGreaterThan(5)
  expect(keyed(made)).toEqual(keyed(own))
})

const belongsTo = (name: string, { name: own, labels, namespace }: KubernetesObject['metadata']) =>
  namespace === 'temporal-product' && (own === name || labels?.['app.kubernetes.io/name'] === name)

test('both charts have the same templates but for what only one of them is', async () => {
  const [worker, api] = await Promise.all(CHARTS.map((chart) => readdir(join(chartFolder(chart), 'templates'))))
  const shared = worker!.filter((file) => api!.includes(file) && file !== 'NOTES.txt')
  expect(worker!.filter((file) => !shared.includes(file))).toEqual(['NOTES.txt', 'scaled-object.yaml'])
  expect(api!.filter((file) => !shared.includes(file))).toEqual(['NOTES.txt', 'http-route.yaml', 'ingress.yaml', 'service.yaml'])
  for (const file of shared) {
    const [one, other] = await Promise.all(CHARTS.map((chart) => readFile(join(chartFolder(chart), 'templates', file), 'utf8')))
    expect(other, `templates/${file}: copy the one that is right over the other`).toBe(one)
  }
})

describe('what is refused, with where it stands', () => {
  test.each<[ChartName, string, RegExp]>([
    ['temporal-worker', 'image.tag="latest"', /\/image\/tag/],
    ['temporal-worker', 'image.tag=""', /\/image/],
    ['temporal-worker', 'image.digest="sha256:12"', /\/image\/digest/],
    ['temporal-worker', 'temporal.address="temporal.example.com"', /\/temporal\/address/],
    ['temporal-worker', 'temporal.tsl={}', /'tsl' not allowed/],
    ['temporal-worker', 'replica=3', /'replica' not allowed/],
    ['temporal-worker', 'env={"POOL_SIZE":1000000}', /\/env\/POOL_SIZE.*got number, want string/s],
    ['temporal-worker', 'env={"TEMPORAL_ADDRESS":"x:1"}', /TEMPORAL_ADDRESS/],
    ['temporal-worker', 'podDisruptionBudget.maxUnavailable=0', /\/podDisruptionBudget\/maxUnavailable/],
    ['temporal-worker', 'backlogScaling.queueTypes=["signal"]', /\/backlogScaling\/queueTypes\/0/],
    ['temporal-worker', 'networkPolicy.temporal=[]', /\/networkPolicy\/temporal/],
    ['temporal-worker', 'temporal.taskQueue=""', /temporal\.taskQueue is needed/],
    ['temporal-worker', 'ports.second=9095', /ports\.operations and ports\.second are both 9095/],
    ['temporal-worker', 'probes.liveness.port="other"', /probes\.liveness\.port is "other", and there is no such port: ports has operations/],
    ['temporal-api', 'ingress.enabled=true', /ingress\.hosts: which names/],
    ['temporal-api', 'route.enabled=true', /route\.parentRefs and route\.hostnames/],
    ['temporal-api', 'service.port="grpc"', /service\.port is "grpc"/],
    ['temporal-api', 'autoscaling={"enabled":true,"minReplicas":5,"maxReplicas":2}', /autoscaling\.minReplicas is 5/],
    ['temporal-api', 'backlogScaling.enabled=true', /'backlogScaling' not allowed/],
  ])('%s: %s', async (chart, set, message) => {
    await expect(helm.template({ name: 'orders', chart: chartFolder(chart), values: [valuesFile(chart, 'orders')], set: [set] })).rejects.toThrow(message)
  })

  test('a worker that is scaled by two', async () => {
    const set = ['autoscaling.enabled=true']
    const release = { name: 'orders', chart: chartFolder('temporal-worker'), values: [valuesFile('temporal-worker', 'orders')] }
    await expect(helm.template({ ...release, set })).rejects.toThrow('would fight over the number of copies')
  })
})

test('a worker without operators needs nothing of them, and one that KEDA scales leaves it the number of copies', async () => {
  const kinds = async (values: string) =>
    (await helm.template({ name: 'mail', chart: chartFolder('temporal-worker'), values: [valuesFile('temporal-worker', values)] }))
      .map(({ kind }) => kind)
      .toSorted()
  expect(await kinds('minimal')).toEqual(['Deployment', 'ServiceAccount'])
  expect(await kinds('backlog')).toEqual(['ConfigMap', 'Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'PodMonitor', 'ScaledObject', 'ServiceAccount'])
  const objects = await helm.template({ name: 'mail', chart: chartFolder('temporal-worker'), values: [valuesFile('temporal-worker', 'backlog')] })
  expect(objects.find(({ kind }) => kind === 'Deployment')).not.toHaveProperty('spec.replicas')
})
