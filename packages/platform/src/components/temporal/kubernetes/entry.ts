import { workloadsOf } from '../../../model/plan.ts'
import { publicHost, type Cluster } from '../../../targets/kubernetes/kit.ts'
import type { KubernetesSystem } from '../../../targets/kubernetes/system.ts'
import { FRONTEND_SERVER_NAME } from '../names.ts'

/** The name that workers outside open. */
const PUBLIC_NAME = 'grpc'

/**
 * Lets workers outside reach the frontend, where that is wanted. The entry does not open the connection: Temporal asks for the caller's certificate, and a gateway
 * that ended TLS would have to be let in for everybody.
 */
export const temporalEntryKubernetes: KubernetesSystem = {
  name: 'temporal-entry',
  check(cluster) {
    const { temporal, kind } = cluster.settings.entry
    if (!temporal || kind === 'gateway') return []
    const hint = 'set kubernetes.entry.kind to "gateway", or leave Temporal closed'
    return [{ path: 'kubernetes.entry.temporal', message: 'cannot be with Ingress objects: these have no word for TLS that goes through unopened', hint }]
  },
  contribute(cluster) {
    const port = frontendPort(cluster)
    if (!cluster.settings.entry.temporal || port === undefined) return {}
    return {
      open: [
        {
          name: PUBLIC_NAME,
          namespace: 'temporal-backend',
          service: FRONTEND_SERVER_NAME,
          port,
          podLabels: { 'app.kubernetes.io/name': FRONTEND_SERVER_NAME },
          podPort: port,
          tls: 'passthrough',
        },
      ],
      // Callers ask for the name that they open: it is how the entry knows where to.
      names: { [`${FRONTEND_SERVER_NAME}-client`]: [publicHost(cluster, PUBLIC_NAME)] },
    }
  },
}

function frontendPort({ plan }: Cluster): number | undefined {
  return workloadsOf(plan).find(({ name }) => name === FRONTEND_SERVER_NAME)?.ports['grpc']?.number
}
