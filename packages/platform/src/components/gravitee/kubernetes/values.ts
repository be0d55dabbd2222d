import { copies, resources, type Cluster } from '../../../targets/kubernetes/kit.ts'
import type { Values } from '../../../targets/kubernetes/system.ts'

/** The operator. Its kinds come with the chart, not from itself when it starts. */
export const OPERATOR_VALUES: Values = {
  manager: {
    applyCRDs: false,
    scope: { cluster: false, namespaces: ['api-management'] },
    pod: { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } },
    resources: resources('50m', '128Mi', '256Mi'),
  },
  gatewayAPI: { applyCRDs: false },
  ingress: { controller: { enabled: false } },
}

const DATABASE_SECRET = 'gravitee-postgresql-app'

/**
 * Gravitee on PostgreSQL, without analytics: those would need a search engine of its own. Its console and portal are not opened: APIs come from the tree. What is
 * secret in its configuration are variables of its environment, which its programs lay over their files.
 */
export function managementValues(cluster: Cluster): Values {
  const replicaCount = copies(cluster)
  const pod: Values = { runAsNonRoot: true, runAsUser: 1001, runAsGroup: 1001, fsGroup: 1001, seccompProfile: { type: 'RuntimeDefault' } }
  const deployment: Values = {
    podSecurityContext: pod,
    securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  }
  return {
    // Names of its services without the chart's name twice.
    fullnameOverride: 'apim',
    management: { type: 'jdbc' },
    ratelimit: { type: 'jdbc' },
    jdbc: { url: 'jdbc:postgresql://gravitee-postgresql-rw:5432/gravitee?sslmode=require', username: 'gravitee', pool: { minIdle: 2, maxPoolSize: 5 } },
    es: { enabled: false },
    smtp: { enabled: false },
    extraInMemoryUsers: '',
    api: {
      replicaCount,
      env: [
        ...database('gravitee_management_jdbc'),
        variable('gravitee_jwt_secret', 'gravitee', 'jwt-secret'),
        variable('gravitee_api_properties_encryption_secret', 'gravitee', 'encryption-secret'),
        variable('gravitee_security_providers_0_users_0_password', 'gravitee', 'admin-password-bcrypt'),
      ],
      analytics: { type: 'none' },
      autoscaling: { enabled: false },
      ingress: { management: { enabled: false }, portal: { enabled: false } },
      deployment,
      resources: resources('200m', '1Gi', '1536Mi'),
    },
    gateway: {
      replicaCount,
      env: [
        ...database('gravitee_management_jdbc'),
        ...database('gravitee_ratelimit_jdbc'),
        variable('gravitee_api_properties_encryption_secret', 'gravitee', 'encryption-secret'),
      ],
      reporters: { elasticsearch: { enabled: false } },
      autoscaling: { enabled: false },
      ingress: { enabled: false },
      deployment,
      resources: resources('200m', '512Mi', '1Gi'),
    },
    ui: { enabled: false },
    portal: { enabled: false },
  }
}

const database = (prefix: string): Values[] => [variable(`${prefix}_password`, DATABASE_SECRET, 'password')]

function variable(name: string, secret: string, key: string): Values {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } }
}
