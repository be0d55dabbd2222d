import {
  callsApiServer,
  chartRelease,
  outside,
  podMonitor,
  pods,
  RELEASE_WAVES,
  scrapedAt,
  throughGateway,
  type Allowed,
  type Cluster,
  type PodsPeer,
} from '../../targets/kubernetes/kit.ts'
import type { KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { clientSecret } from '../identity/names.ts'
import { argoValues } from './kubernetes/values.ts'

const NAMESPACE = 'argocd'
const podsOf = (part: string): PodsPeer => pods(NAMESPACE, { 'app.kubernetes.io/name': `argocd-${part}` })
const SERVER_PORT = 8080
const METRICS = { server: 8083, 'repo-server': 8084, 'application-controller': 8082 } as const

/** Brings the tree to the cluster, itself too: people install it once, from then on it keeps itself. */
export const argoCdKubernetes: KubernetesSystem = {
  name: 'argo-cd',
  contribute(cluster) {
    if (cluster.settings.systems.argoCd.run !== 'here') return {}
    const signsOn = !cluster.plan.platform.identity.external
    return {
      secrets: signsOn
        ? [
            {
              namespace: NAMESPACE,
              name: clientSecret('argocd'),
              keys: { 'client-secret': 'password' },
              // Argo CD reads only secrets that are part of it.
              labels: { 'app.kubernetes.io/part-of': 'argocd' },
            },
          ]
        : [],
      makes: [`${NAMESPACE}/argocd-redis`, `${NAMESPACE}/argocd-initial-admin-secret`],
      objects: Object.entries(METRICS).flatMap(([part, port]) => podMonitor({ name: `argocd-${part}`, pods: podsOf(part), port }, cluster)),
      allowed: [...amongThemselves(), ...toOthers(cluster), ...(signsOn ? throughGateway(podsOf('server'), cluster, 'people log in to Argo CD') : [])],
      open: [{ name: 'argocd', namespace: NAMESPACE, service: 'argocd-server', port: 80, podLabels: podsOf('server').labels ?? {}, podPort: SERVER_PORT }],
    }
  },
  contributeFor({ health }, cluster) {
    if (cluster.settings.systems.argoCd.run !== 'here') return {}
    const values = argoValues(cluster, health)
    return { releases: [chartRelease({ chart: chartNamed('argo-cd'), namespace: NAMESPACE, wave: RELEASE_WAVES.operators, values }, cluster)] }
  },
}

function amongThemselves(): Allowed[] {
  const callers = ['server', 'application-controller', 'applicationset-controller']
  return [
    ...callers.map((part) => ({
      from: podsOf(part),
      to: podsOf('repo-server'),
      ports: [{ number: 8081 }],
      why: 'manifests are made by the repository server',
    })),
    ...['server', 'application-controller', 'repo-server'].map((part) => ({
      from: podsOf(part),
      to: podsOf('redis'),
      ports: [{ number: 6379 }],
      why: 'what was made is kept for a while',
    })),
  ]
}

function toOthers(cluster: Cluster): Allowed[] {
  return [
    ...['server', 'application-controller', 'applicationset-controller', 'redis-secret-init'].map((part) =>
      callsApiServer(podsOf(part), `Argo CD (${part})`, cluster),
    ),
    // A repository may be anywhere, in the cluster too.
    { from: podsOf('repo-server'), to: outside(cluster), ports: [{ number: 443 }, { number: 22 }], why: 'the tree and charts come from repositories' },
    ...Object.entries(METRICS).map(([part, port]) => scrapedAt(podsOf(part), port, `Argo CD (${part})`)),
  ]
}
