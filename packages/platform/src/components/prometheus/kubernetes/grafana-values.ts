import { publicHost, resources, type Cluster } from '../../../targets/kubernetes/kit.ts'
import type { Values } from '../../../targets/kubernetes/system.ts'
import { clientSecret } from '../../identity/names.ts'
import { jaegerIsHere, JAEGER_QUERY_URL } from '../../jaeger/names.ts'
import { GRAFANA } from '../names.ts'

const SECRET_VARIABLE = 'GRAFANA_CLIENT_SECRET'
/** Who is in this group of the identity provider may change everything; all others look. */
const ADMINISTRATORS = 'platform-admins'

/** Grafana has no files of its own: dashboards and sources come from the tree, people from the identity provider. */
export function grafanaValues(cluster: Cluster): Values {
  const signsOn = !cluster.plan.platform.identity.external
  return {
    fullnameOverride: GRAFANA,
    admin: { existingSecret: 'grafana-admin', userKey: 'user', passwordKey: 'password' },
    resources: resources('50m', '128Mi', '512Mi'),
    initChownData: { enabled: false },
    persistence: { enabled: false },
    testFramework: { enabled: false },
    sidecar: {
      dashboards: { enabled: true, label: 'grafana_dashboard', labelValue: '1', searchNamespace: 'ALL', folderAnnotation: 'grafana_folder' },
      // It is the default already: a second one would stop Grafana.
      datasources: { enabled: true, defaultDatasourceEnabled: true, uid: 'prometheus' },
    },
    additionalDataSources: jaegerIsHere(cluster)
      ? [{ name: 'Jaeger', uid: 'jaeger', type: 'jaeger', access: 'proxy', url: JAEGER_QUERY_URL, editable: false }]
      : [],
    ...(signsOn && { envValueFrom: { [SECRET_VARIABLE]: { secretKeyRef: { name: clientSecret(GRAFANA), key: 'client-secret' } } } }),
    'grafana.ini': {
      server: { root_url: `https://${publicHost(cluster, GRAFANA)}` },
      analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
      security: { cookie_secure: true },
      users: { allow_sign_up: false },
      ...(signsOn && { 'auth.generic_oauth': singleSignOn(cluster) }),
    },
  }
}

function singleSignOn(cluster: Cluster): Values {
  const provider = `https://${publicHost(cluster, 'auth')}/application/o`
  return {
    enabled: true,
    name: 'Authentik',
    client_id: GRAFANA,
    client_secret: `$__env{${SECRET_VARIABLE}}`,
    scopes: 'openid profile email',
    auth_url: `${provider}/authorize/`,
    token_url: `${provider}/token/`,
    api_url: `${provider}/userinfo/`,
    use_pkce: true,
    allow_assign_grafana_admin: false,
    role_attribute_path: `contains(groups[*], '${ADMINISTRATORS}') && 'Admin' || 'Viewer'`,
  }
}
