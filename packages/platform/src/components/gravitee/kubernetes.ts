import {
  askedByApiServer,
  callsApiServer,
  chartRelease,
  gateway,
  outside,
  pods,
  RELEASE_WAVES,
  throughGateway,
  type Allowed,
  type Cluster,
} from '../../targets/kubernetes/kit.ts'
import type { KubernetesSystem, WantedSecret } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { managementValues, OPERATOR_VALUES } from './kubernetes/values.ts'
import { apiObjects, publishedApis } from './kubernetes/apis.ts'
import { API_MANAGEMENT_NAMESPACE as NAMESPACE } from './names.ts'

const OPERATOR = pods('operators', { 'control-plane': 'controller-manager' })
const part = (component: 'api' | 'gateway') => pods(NAMESPACE, { 'app.kubernetes.io/name': 'apim', 'app.kubernetes.io/component': component })
const MANAGEMENT_PORT = 8083
const GATEWAY_PORT = 8082

/** Gravitee: the applications' APIs as products, with plans and subscriptions, and the operator that makes them from the tree. */
export const graviteeKubernetes: KubernetesSystem = {
  name: 'gravitee',
  check({ plan, settings }) {
    const { external } = plan.platform.identity
    if (settings.systems.apiManagement.run === 'off' || !external || external.jwksUrl !== undefined) return []
    const hint = 'it is "jwks_uri" of the provider’s discovery document; or switch Gravitee off with kubernetes.systems.apiManagement.run'
    return [{ path: 'identity.external.jwksUrl', message: 'is missing: Gravitee, which checks tokens, does not discover where the keys are', hint }]
  },
  contribute(cluster) {
    const { run, url } = cluster.settings.systems.apiManagement
    if (run === 'off' || publishedApis(cluster).length === 0) return {}
    const isHere = url === undefined
    return {
      releases: [
        chartRelease({ chart: chartNamed('gko'), namespace: 'operators', wave: RELEASE_WAVES.operators, values: OPERATOR_VALUES }, cluster),
        ...(isHere
          ? [chartRelease({ chart: chartNamed('apim'), namespace: NAMESPACE, wave: RELEASE_WAVES.late, values: managementValues(cluster) }, cluster)]
          : []),
      ],
      databases: isHere
        ? [
            {
              name: 'gravitee-postgresql',
              namespace: NAMESPACE,
              database: 'gravitee',
              storage: '5Gi',
              usedBy: pods(NAMESPACE, { 'app.kubernetes.io/name': 'apim' }),
            },
          ]
        : [],
      secrets: isHere ? OWN_SECRETS : [GIVEN_SECRET],
      objects: apiObjects(cluster),
      allowed: [
        callsApiServer(OPERATOR, 'the operator of Gravitee', cluster),
        askedByApiServer(OPERATOR, 9443, { what: 'the operator of Gravitee', cluster }),
        ...(isHere ? own(cluster) : [{ from: OPERATOR, to: outside(cluster), ports: [{ number: 443 }], why: 'the operator of Gravitee publishes APIs' }]),
      ],
      ...(isHere && {
        open: [
          { name: 'apis', namespace: NAMESPACE, service: 'apim-gateway', port: 82, podLabels: part('gateway').labels ?? {}, podPort: GATEWAY_PORT } as const,
        ],
      }),
      health: { 'gravitee.io/ApiV4Definition': PROCESSED_HEALTH, 'gravitee.io/ManagementContext': PROCESSED_HEALTH },
    }
  },
}

const OWN_SECRETS: readonly WantedSecret[] = [
  // Keys that it is known by to itself; the administrator's password is in the form in which Gravitee keeps it.
  {
    namespace: NAMESPACE,
    name: 'gravitee',
    keys: { 'jwt-secret': 'password', 'encryption-secret': 'password', 'admin-password-bcrypt': 'given' },
    about: { 'admin-password-bcrypt': 'the password of Gravitee’s administrator as bcrypt, as `htpasswd -bnBC 10 "" PASSWORD` makes it' },
  },
  {
    namespace: NAMESPACE,
    name: 'gravitee-context',
    keys: { password: 'given' },
    fixed: { username: 'admin' },
    about: { password: 'the password of Gravitee’s administrator, in clear' },
  },
]

const GIVEN_SECRET: WantedSecret = {
  namespace: NAMESPACE,
  name: 'gravitee-context',
  keys: { bearerToken: 'given' },
  about: { bearerToken: 'a token of Gravitee that may publish APIs' },
}

function own(cluster: Cluster): Allowed[] {
  const apis = publishedApis(cluster)
  return [
    { from: OPERATOR, to: part('api'), ports: [{ number: MANAGEMENT_PORT }], why: 'the operator of Gravitee publishes APIs' },
    ...apis.map(({ name, port }) => ({
      from: part('gateway'),
      to: pods('temporal-product', { 'app.kubernetes.io/name': name }),
      ports: [{ number: port }],
      why: `Gravitee hands on requests to ${name}`,
    })),
    { from: gateway(cluster), to: part('gateway'), ports: [{ number: GATEWAY_PORT }], why: 'people and programs outside call APIs' },
    ...throughGateway(part('gateway'), cluster, 'Gravitee asks for the keys that tokens are signed with'),
    callsApiServer(part('api'), 'Gravitee', cluster),
    callsApiServer(part('gateway'), 'Gravitee’s gateway', cluster),
  ]
}

const PROCESSED_HEALTH = `local health = { status = "Progressing", message = "waiting for the operator" }
if obj.status ~= nil then
  if obj.status.processingStatus == "Failed" then health.status = "Degraded" end
  if obj.status.processingStatus == "Completed" or obj.status.processingStatus == nil then health.status = "Healthy" end
  health.message = obj.status.processingStatus or ""
end
return health
`
