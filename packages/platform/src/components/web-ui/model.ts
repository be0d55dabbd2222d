import type { Platform } from '../../model/platform.ts'
import { bindHost, certificate, configFolder, endpoint, listen, publicUrl, secret, trustBundle } from '../../model/values.ts'
import type { ConfigTree } from '../../model/workload.ts'
import { workload, type Component } from '../component.ts'
import { clientSecret, IDENTITY, issuer, TEMPORAL_AUDIENCE, WEB_SCOPES } from '../identity/model.ts'
import { FRONTEND_SERVER_NAME } from '../temporal/names.ts'

export const WEB_UI = 'temporal-ui'

export const webUi: Component = {
  name: 'web-ui',
  contribute(platform) {
    if (!platform.webUi.enabled) return { parties: [] }
    return {
      parties: [
        workload({
          name: WEB_UI,
          component: 'web-ui',
          area: 'backend',
          description: 'Temporal’s Web UI, with login',
          program: { kind: 'released', name: 'temporal-ui', version: platform.versions.temporalUi, command: 'ui-server' },
          args: ['--root', '/', '--config', configFolder, '--env', 'web-ui', 'start'],
          files: { 'web-ui.yaml': { format: 'yaml', content: uiConfig(platform) } },
          ports: { http: { number: platform.webUi.port, protocol: 'http', public: true } },
          certificates: [{ domain: 'client', usages: ['client'] }],
          calls: [
            { party: FRONTEND_SERVER_NAME, port: 'grpc' },
            { party: IDENTITY, port: 'http' },
          ],
          // It exits when it cannot discover the provider.
          needs: [
            { party: IDENTITY, until: 'ready' },
            { party: FRONTEND_SERVER_NAME, until: 'ready' },
          ],
          ready: { kind: 'http', port: 'http', path: '/healthz' },
          resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '500m', memory: '1Gi' } },
        }),
        {
          kind: 'actor',
          name: 'people',
          area: 'outside',
          description: 'People with a browser',
          calls: [
            { party: WEB_UI, port: 'http' },
            { party: IDENTITY, port: 'http' },
          ],
        },
      ],
      clients: [
        {
          id: TEMPORAL_AUDIENCE,
          title: 'Temporal Web UI',
          kind: 'web',
          audience: TEMPORAL_AUDIENCE,
          permissions: [],
          scopes: [],
          redirectUrls: [publicUrl(WEB_UI, 'http', '/auth/sso/callback')],
          secret: clientSecret(TEMPORAL_AUDIENCE),
        },
      ],
    }
  },
}

/** The UI forwards a person's access token to the frontend, which decides; the UI itself enforces no roles. */
function uiConfig(platform: Platform): ConfigTree {
  const firstApplication = Object.entries(platform.applications)[0]
  return {
    temporalGrpcAddress: endpoint(FRONTEND_SERVER_NAME, 'grpc'),
    host: bindHost,
    port: listen('http', 'port'),
    enableUi: true,
    // It would log every request, those of health probes too.
    hideLogs: true,
    ...(firstApplication && { defaultNamespace: firstApplication[1].namespace ?? firstApplication[0] }),
    // Both would call the outside.
    disableNewsFetch: true,
    notifyOnNewVersion: false,
    cors: { allowOrigins: [publicUrl(WEB_UI, 'http')], cookieInsecure: platform.environment === 'development' },
    tls: { caFile: trustBundle('client').caFile, ...certificate('client'), enableHostVerification: true, serverName: FRONTEND_SERVER_NAME },
    auth: {
      enabled: true,
      providers: [
        {
          label: 'Sundial',
          type: 'oidc',
          providerUrl: issuer,
          clientId: TEMPORAL_AUDIENCE,
          clientSecret: secret(clientSecret(TEMPORAL_AUDIENCE), 'client-secret'),
          callbackUrl: publicUrl(WEB_UI, 'http', '/auth/sso/callback'),
          scopes: WEB_SCOPES,
        },
      ],
    },
  }
}
