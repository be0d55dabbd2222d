import { deploy, deleteDeployment, type Change, type Deployment, type DeployReport } from '@sundial/operations/deploy'
import type { EnvironmentName } from '@sundial/platform'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sundial } from '../support/command.ts'
import { clusterPrograms, startCluster, type TestCluster } from '../support/kubernetes/cluster.ts'
import { define, upstreamDefinitions } from '../support/kubernetes/definitions.ts'
import { addMachines } from '../support/kubernetes/machines.ts'
import { contentOf, deploymentsOf, podsOf, type Pod } from './look.ts'
import { rendered } from './rendered.ts'

// A real API server, with admission, quotas and validation; real controllers and a real scheduler. Simulated, by Stages of KWOK: nodes, containers, and what
// operators report of their objects (tests/support/kubernetes/stages.ts).

const TIMEOUT_MS = 120_000

let cluster: TestCluster
let missing: string | undefined
beforeAll(async () => {
  const folder = process.env['SUNDIAL_CRDS']
  const programs = folder === undefined ? { missing: 'SUNDIAL_CRDS does not name a folder with upstream definitions' } : await clusterPrograms()
  if (programs.missing !== undefined || folder === undefined) return void (missing = programs.missing)
  cluster = await startCluster(programs)
  await define(await upstreamDefinitions(folder), cluster.api)
  await cluster.startNodes()
  await addMachines(cluster.api)
})
beforeEach(({ skip }) => skip(missing !== undefined, missing))
afterAll(() => cluster?.stop())

const apply = (deployment: Deployment, options: { readonly dryRun?: boolean; readonly accepted?: readonly string[] } = {}): Promise<DeployReport> =>
  deploy(deployment, cluster.api, { dryRun: false, accepted: [], timeoutMs: TIMEOUT_MS, charts: [], onProgress: () => {}, ...options })

const ACTIONS = ['created', 'changed', 'unchanged', 'removed'] as const

/** How many objects had which action; those that none had are left out. */
const counts = (changes: readonly Change[]): Partial<Record<Change['action'], number>> =>
  Object.fromEntries(ACTIONS.map((wanted) => [wanted, changes.filter(({ action }) => action === wanted).length] as const).filter(([, count]) => count > 0))

const command = (args: readonly string[]) =>
  sundial([...args, '--kubeconfig', cluster.kubeconfig], { stateRoot: '/nowhere', env: { PATH: `${cluster.programs}:${process.env['PATH']}` } })

/** From nothing to nothing: what is said of an environment, and more while it is there. */
function wholeLife(environment: EnvironmentName, whileThere: (deployment: Deployment) => void): void {
  const deployment = rendered(environment)
  let before: readonly string[]
  beforeAll(async () => {
    if (missing === undefined) before = await contentOf(cluster.api, deployment.objects)
  })

  test('every object is accepted without a warning, and everything becomes ready', async () => {
    const { changes, warnings } = await apply(deployment)
    expect(warnings).toEqual([])
    expect(counts(changes)).toEqual({ created: deployment.objects.length })
  })

  test('every pod is admitted, scheduled and running; copies stand on different nodes', async () => {
    const pods = await podsOf(cluster.api)
    const deployments = await deploymentsOf(cluster.api)
    expect(deployments.length).toBeGreaterThan(7)
    for (const { name, replicas } of deployments) {
      const own = pods.filter(({ workload }) => workload === name)
      expect({ name, phases: own.map(({ phase }) => phase) }).toEqual({ name, phases: Array<string>(replicas).fill('Running') })
      expect(new Set(own.map(({ node }) => node)).size, name).toBe(replicas)
    }
  })

  test('done again, nothing changes', async () => {
    const pods = await podsOf(cluster.api)
    expect(counts((await apply(deployment)).changes)).toEqual({ unchanged: deployment.objects.length })
    expect(await podsOf(cluster.api)).toEqual(pods)
  })

  whileThere(deployment)

  test('deleted, nothing is left', async () => {
    await deleteDeployment(deployment, cluster.api, { accepted: ['data'], timeoutMs: TIMEOUT_MS, onProgress: () => {} })
    await expect.poll(() => contentOf(cluster.api, deployment.objects)).toEqual(before)
  })
}

// Each takes as long as production: `npm run drill -- cluster` has them live, too.
describe.each(process.env['SUNDIAL_DRILL'] === 'cluster' ? (['development', 'staging'] as const) : [])('%s', (environment) => {
  wholeLife(environment, () => {})
})
describe('production', () => {
  wholeLife('production', productionCases)
})

function productionCases(deployment: Deployment): void {
  const pod = (name: string, fields: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'temporal-product' }, ...fields })
  const container = {
    name: 'main',
    image: 'registry.example.com/main:1',
    securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } },
  }
  const dryRun = (object: Parameters<TestCluster['api']['apply']>[0]) => cluster.api.apply(object, { dryRun: true })

  test('a pod that may do more than the level of its namespace is refused', async () => {
    const { securityContext: _, ...careless } = container
    await expect(dryRun(pod('careless', { spec: { containers: [careless] } }))).rejects.toThrow(/violates PodSecurity "restricted/)
    await dryRun(pod('careful', { spec: { containers: [container] } }))
  })

  test.each(['development', 'staging'] as const)('every object of %s is accepted without a warning, too', async (environment) => {
    const { objects } = rendered(environment)
    const answers = await Promise.all(objects.map(async (object) => ({ kind: object.kind, ...(await cluster.api.apply(object, { dryRun: true })) })))
    expect(answers.flatMap(({ kind, warnings }) => warnings.map((warning) => `${kind}: ${warning}`))).toEqual([])
    expect(answers.length).toBeGreaterThan(200)
  })

  test('a namespace gets no more than its quota', async () => {
    const greedy = { ...container, resources: { requests: { cpu: '1000' }, limits: { cpu: '1000' } } }
    await expect(dryRun(pod('greedy', { spec: { containers: [greedy] } }))).rejects.toThrow(/exceeded quota: requests/)
  })

  test.each(['Certificate', 'CertificateRequest'])('a %s of the internode domain is for the namespace of the server only', async (kind) => {
    const wanted = (namespace: string) => {
      const issuerRef = { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'sundial-internode' }
      const spec = kind === 'Certificate' ? { secretName: 'stolen', dnsNames: ['temporal-frontend'], issuerRef } : { request: 'bm9uZQ==', issuerRef }
      return dryRun({ apiVersion: 'cert-manager.io/v1', kind, metadata: { name: 'stolen', namespace }, spec })
    }
    await expect(wanted('temporal-product')).rejects.toThrow('only temporal-backend gets certificates of sundial-internode')
    await wanted('temporal-backend')
  })

  test('an upgrade rolls what it changes, replaces its job, and leaves all else', async () => {
    const [before, next] = [await podsOf(cluster.api), rendered('production', 'registry.example.com/orders:0.2.0')]
    const rehearsed = counts((await apply(next, { dryRun: true })).changes)
    const { changes } = await apply(next)
    expect(counts(changes)).toEqual(rehearsed)
    const changed = changes
      .filter(({ action }) => action === 'changed' || action === 'created')
      .map(({ object }) => object.metadata.name.replace(/-[0-9a-f]{10}$/, ''))
    expect(changed.length).toBeGreaterThan(1)
    expect(changed.filter((name) => !name.startsWith('orders-'))).toEqual([])
    const after = await podsOf(cluster.api)
    const uids = (pods: readonly Pod[]) => pods.filter(({ workload }) => !workload.startsWith('orders-')).map(({ uid }) => uid)
    expect(uids(after).sort()).toEqual(uids(before).sort())
    expect(after.filter(({ workload, uid }) => workload === 'orders-worker' && before.some((old) => old.uid === uid))).toEqual([])
  })

  test('what can never be changed is not, without the word', async () => {
    const otherShards = { ...deployment, fixedSettings: { 'temporal.historyShards': 1024 } }
    await expect(apply(otherShards)).rejects.toMatchObject({
      code: 'SUN_DEPLOY_REFUSED',
      hint: expect.stringContaining('--accept-irreversible temporal.historyShards') as string,
    })
    expect((await apply(otherShards, { dryRun: true, accepted: ['temporal.historyShards'] })).changes.length).toBeGreaterThan(0)
    await expect(apply({ ...deployment, environment: 'staging' })).rejects.toThrow('the cluster has the environment production, and this is staging')
    await expect(deleteDeployment(deployment, cluster.api, { accepted: [], timeoutMs: TIMEOUT_MS, onProgress: () => {} })).rejects.toThrow(
      'its databases with all data included',
    )
  })

  test('the commands say the same', async () => {
    const status = await command(['status', '--environment', 'production', '--target', 'kubernetes'])
    expect(status.stdout).toMatch(/^● ready · production\n/)
    const deployed = await command(['deploy', '--environment', 'production', '--dry-run', '--allow-unlocked', '--json'])
    const { findings, warnings } = JSON.parse(deployed.stdout) as DeployReport
    expect({ levels: new Set(findings.map(({ level }) => level)), warnings }).toEqual({ levels: new Set(['ok']), warnings: [] })
    const refused = await command(['deploy', '--environment', 'production', '--delete'])
    expect({ code: refused.code, hint: refused.stderr.includes('--accept-irreversible data') }).toEqual({ code: 1, hint: true })
  })
}

test('what the cluster lacks is said before anything is changed', async () => {
  const deployment = rendered('production')
  const unknown = { apiVersion: 'keda.sh/v9', kind: 'ScaledObject', metadata: { name: 'orders-worker', namespace: 'temporal-product' } }
  await expect(apply({ ...deployment, objects: [...deployment.objects, unknown] })).rejects.toMatchObject({
    code: 'SUN_CLUSTER_UNSUITABLE',
    message: expect.stringContaining('ScaledObject of keda.sh/v9') as string,
    hint: expect.stringContaining('the operator keda') as string,
  })
  expect(await cluster.api.get({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'temporal-backend' } })).toBeUndefined()
})
