import type { KubernetesAdapter } from '../../targets/kubernetes/adapter.ts'
import { serviceHost } from '../../targets/kubernetes/kit.ts'
import { POSTGRESQL } from './names.ts'

/** In a cluster: CloudNativePG. */
export const postgresqlKubernetes: KubernetesAdapter = {
  service: POSTGRESQL,
  adapt() {
    return {
      objects: [],
      podLabels: { 'cnpg.io/cluster': POSTGRESQL },
      endpoints: { sql: { host: serviceHost(`${POSTGRESQL}-rw`, 'temporal-backend'), port: 5432 } },
    }
  },
}
