import {
  askedByApiServer,
  callsApiServer,
  chartRelease,
  copies,
  gateway,
  ours,
  outside,
  platformPriority,
  podMonitor,
  pods,
  pullSecrets,
  RELEASE_WAVES,
  resources,
  scrapedAt,
  systemPods,
  throughGateway,
  type Allowed,
  type Cluster,
  type KubernetesObject,
  type PodsPeer,
} from '../../targets/kubernetes/kit.ts'
import type { ChartRelease, KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'

const NAMESPACE = 'security'
const METRICS_PORT = 9402
const WEBHOOK_PORT = 10_250
/** Where cert-manager answers, for a while, what a public authority asks over http. */
const SOLVER = { labels: { 'acme.cert-manager.io/http01-solver': 'true' }, port: 8089 } as const

/** Issues every certificate: from roots of the platform's own inside, from a public authority for the names that others open. */
export const certManagerKubernetes: KubernetesSystem = {
  name: 'cert-manager',
  contribute(cluster) {
    const system = cluster.settings.systems.certManager
    const podsOf = (name: string): PodsPeer => systemPods(system, pods(NAMESPACE, { 'app.kubernetes.io/name': name }))
    return {
      releases: system.run === 'here' ? [release(cluster)] : [],
      objects: [...publicIssuer(cluster), ...podMonitor({ name: 'cert-manager', pods: podsOf('cert-manager'), port: METRICS_PORT }, cluster)],
      allowed: [
        ...['cert-manager', 'webhook', 'cainjector'].flatMap((name) => [
          callsApiServer(podsOf(name), `cert-manager (${name})`, cluster),
          scrapedAt(podsOf(name), METRICS_PORT, `cert-manager (${name})`),
        ]),
        askedByApiServer(podsOf('webhook'), WEBHOOK_PORT, { what: 'cert-manager', cluster }),
        ...publicNames(podsOf('cert-manager'), cluster),
      ],
    }
  },
}

function release(cluster: Cluster): ChartRelease {
  const replicaCount = copies(cluster)
  const usesGateway = cluster.settings.entry.kind === 'gateway'
  return chartRelease(
    {
      chart: chartNamed('cert-manager'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.certificates,
      values: {
        global: {
          imagePullSecrets: pullSecrets(cluster),
          priorityClassName: platformPriority(cluster),
          // Nothing of ours is in the cluster's own namespace.
          leaderElection: { namespace: NAMESPACE },
        },
        crds: { enabled: true, keep: true },
        replicaCount,
        podDisruptionBudget: { enabled: replicaCount > 1 },
        resources: resources('20m', '128Mi', '256Mi'),
        ...(usesGateway && { config: { apiVersion: 'controller.config.cert-manager.io/v1alpha1', kind: 'ControllerConfiguration', enableGatewayAPI: true } }),
        webhook: { replicaCount, podDisruptionBudget: { enabled: replicaCount > 1 }, resources: resources('20m', '64Mi', '128Mi') },
        cainjector: { replicaCount, podDisruptionBudget: { enabled: replicaCount > 1 }, resources: resources('20m', '128Mi', '512Mi') },
        // Argo CD looks itself whether it works.
        startupapicheck: { enabled: false },
      },
    },
    cluster,
  )
}

/** The public authority. Without a mail address there is an issuer of this name already. */
function publicIssuer(cluster: Cluster): KubernetesObject[] {
  const { email, acmeServer, kind, className } = cluster.settings.entry
  if (email === undefined) return []
  const name = `${cluster.plan.platform.name}-public`
  const http01 =
    kind === 'gateway'
      ? {
          gatewayHTTPRoute: {
            parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'gateway', sectionName: 'http' }],
          },
        }
      : { ingress: { ingressClassName: className } }
  return [
    ours(cluster, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name },
      spec: { acme: { email, server: acmeServer, privateKeySecretRef: { name: `${name}-account` }, solvers: [{ http01 }] } },
    }),
  ]
}

/** It asks the authority, and looks from outside whether its own answer can be read before it says so. */
function publicNames(controller: PodsPeer, cluster: Cluster): Allowed[] {
  if (cluster.settings.entry.email === undefined) return []
  const solvers = [
    ...new Set(cluster.settings.entry.kind === 'gateway' ? ['gateway'] : ['temporal-backend', 'temporal-product', 'identity', 'monitoring', 'argocd']),
  ]
  return [
    { from: controller, to: outside(cluster), ports: [{ number: 443 }], why: 'cert-manager asks the public authority' },
    ...throughGateway(controller, cluster, 'cert-manager looks at its own answer to the authority'),
    { from: controller, to: outside(cluster), ports: [{ number: 80 }], why: 'cert-manager looks at its own answer to the authority' },
    { from: controller, to: gateway(cluster), ports: [{ number: 8000 }], why: 'cert-manager looks at its own answer to the authority' },
    ...solvers.map((namespace): Allowed => ({
      from: gateway(cluster),
      to: pods(namespace, SOLVER.labels),
      ports: [{ number: SOLVER.port }],
      why: 'the public authority asks whether a name is ours',
    })),
  ]
}
