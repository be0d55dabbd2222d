import type { Platform } from '../../model/platform.ts'
import { certificate, endpoint, trustBundle } from '../../model/values.ts'
import type { Workload } from '../../model/workload.ts'
import type { KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { workload } from '../component.ts'
import { INTERNODE_SERVER_NAME, TEMPORAL } from './names.ts'
import { ROLES } from './roles.ts'

/** In a cluster people need a place from which they reach Temporal as its administrators: on a laptop they are there. */
export const temporalKubernetes: KubernetesSystem = {
  name: 'temporal-admin-tools',
  contribute: () => ({}),
  workloads: ({ plan: { platform } }) => (platform.temporal.external ? [] : [adminTools(platform)]),
}

/**
 * Temporal's own tools. Its certificate makes it an administrator of Temporal without a token, so in production no copy runs until somebody scales it up,
 * and who may do that and open a shell there is a matter of the cluster's own roles.
 */
function adminTools(platform: Platform): Workload {
  const { workload: party } = ROLES['internal-frontend']
  const { certFile, keyFile } = certificate('internode')
  return workload({
    name: 'temporal-admin-tools',
    component: TEMPORAL,
    area: 'backend',
    description: 'Temporal’s command-line tools, for administrators who open a shell there',
    program: { kind: 'released', name: 'temporal', version: platform.versions.temporal, command: 'sleep' },
    args: ['infinity'],
    env: {
      TEMPORAL_ADDRESS: endpoint(party, 'grpc'),
      TEMPORAL_TLS_SERVER_NAME: INTERNODE_SERVER_NAME,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: trustBundle('internode').caFile,
      TEMPORAL_TLS_CLIENT_CERT_PATH: certFile,
      TEMPORAL_TLS_CLIENT_KEY_PATH: keyFile,
      // The root file system is read-only; the command keeps what it was told below its home.
      HOME: '/tmp',
    },
    certificates: [{ domain: 'internode', usages: ['client'] }],
    calls: [{ party, port: 'grpc' }],
    needs: [{ party, until: 'ready' }],
    stop: { graceSeconds: 1 },
    scale: { replicas: platform.environment === 'production' ? 0 : 1 },
  })
}
