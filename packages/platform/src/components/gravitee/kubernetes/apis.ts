import { workloadsOf } from '../../../model/plan.ts'
import { ours, publicHost, serviceHost, type Cluster, type KubernetesObject } from '../../../targets/kubernetes/kit.ts'
import { apiName } from '../../applications/names.ts'
import { API_MANAGEMENT_NAMESPACE as NAMESPACE, MANAGEMENT_CONTEXT } from '../names.ts'

interface PublishedApi {
  /** Of the application. */
  readonly application: string
  /** Of the workload that serves it. */
  readonly name: string
  readonly port: number
}

/** The APIs of the applications. */
export function publishedApis({ plan }: Cluster): PublishedApi[] {
  const workloads = new Map(workloadsOf(plan).map((workload) => [workload.name, workload]))
  return Object.keys(plan.platform.applications).flatMap((application) => {
    const name = apiName(application)
    const port = workloads.get(name)?.ports['http']?.number
    return port === undefined ? [] : [{ application, name, port }]
  })
}

/** Each API as Gravitee's operator publishes it, and where it does. */
export function apiObjects(cluster: Cluster): KubernetesObject[] {
  return [context(cluster), ...publishedApis(cluster).map((api) => definition(api, cluster))]
}

function context(cluster: Cluster): KubernetesObject {
  const { url } = cluster.settings.systems.apiManagement
  return ours(cluster, {
    apiVersion: 'gravitee.io/v1alpha1',
    kind: 'ManagementContext',
    metadata: { name: MANAGEMENT_CONTEXT, namespace: NAMESPACE },
    spec: {
      baseUrl: url ?? `http://${serviceHost('apim-api', NAMESPACE)}:83`,
      organizationId: 'DEFAULT',
      environmentId: 'DEFAULT',
      auth: { secretRef: { name: 'gravitee-context', namespace: NAMESPACE } },
    },
  })
}

/** Tokens are the platform's own: the API checks them again, with their scopes. */
function definition({ application, name, port }: PublishedApi, cluster: Cluster): KubernetesObject {
  const keys = jwksUrl(cluster)
  return ours(cluster, {
    apiVersion: 'gravitee.io/v1alpha1',
    kind: 'ApiV4Definition',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      name,
      description: `Workflows of ${application}`,
      version: '1',
      type: 'PROXY',
      state: 'STARTED',
      contextRef: { name: MANAGEMENT_CONTEXT, namespace: NAMESPACE },
      definitionContext: { origin: 'KUBERNETES', syncFrom: 'MANAGEMENT' },
      listeners: [{ type: 'HTTP', paths: [{ path: `/${application}` }], entrypoints: [{ type: 'http-proxy', qos: 'AUTO' }] }],
      endpointGroups: [
        {
          name: 'default',
          type: 'http-proxy',
          endpoints: [
            {
              name: 'default',
              type: 'http-proxy',
              inheritConfiguration: false,
              configuration: { target: `http://${serviceHost(name, 'temporal-product')}:${port}` },
              secondary: false,
            },
          ],
        },
      ],
      flowExecution: { mode: 'DEFAULT', matchRequired: false },
      plans: {
        Tokens: {
          name: 'Tokens',
          description: 'Tokens of the platform’s identity provider',
          status: 'PUBLISHED',
          security: {
            type: 'JWT',
            configuration: { signature: 'RSA_RS256', publicKeyResolver: 'JWKS_URL', resolverParameter: keys, userClaim: 'sub', clientIdClaim: 'azp' },
          },
        },
      },
    },
  })
}

function jwksUrl(cluster: Cluster): string {
  const { external } = cluster.plan.platform.identity
  return external?.jwksUrl ?? `https://${publicHost(cluster, 'auth')}/application/o/temporal/jwks/`
}
