import type { Platform } from '../../model/platform.ts'
import { externalUrlPort } from '../../model/external.ts'
import { bindHost, configFolder, endpoint, listen, publicUrl, secret } from '../../model/values.ts'
import type { Diagnostic } from '../../model/diagnostics.ts'
import type { Actor, ExternalService } from '../../model/parties.ts'
import type { Call, ConfigTree } from '../../model/workload.ts'
import { workload, type Component, type Contribution } from '../component.ts'
import { clientId, clientSecret, IDENTITY, issuer, ISSUER_CALL, TEMPORAL_AUDIENCE, webScopes } from '../identity/names.ts'
import { frontendTls, temporalAccess, authenticationOf } from '../temporal/access.ts'
import { FRONTEND_SERVER_NAME } from '../temporal/names.ts'
import { CODEC_SERVER, hasCodecServer, loginCallback, signsPeopleIn } from '../codec-server/names.ts'
import { WEB_UI } from './names.ts'

export const webUi: Component = {
  name: 'web-ui',
  contribute(platform) {
    const { enabled, external } = platform.webUi
    if (external) return externalUi(external.url)
    if (!enabled) return { parties: [] }
    const { certificates, calls } = temporalAccess(platform, { id: TEMPORAL_AUDIENCE, namespace: '' })
    return {
      parties: [
        workload({
          name: WEB_UI,
          component: 'web-ui',
          area: 'backend',
          startsLast: true,
          description: 'Temporal’s Web UI, with login',
          program: { kind: 'released', name: 'temporal-ui', version: platform.versions.temporalUi, command: 'ui-server' },
          args: ['--root', '/', '--config', configFolder, '--env', 'web-ui', 'start'],
          files: { 'web-ui.yaml': { format: 'yaml', content: uiConfig(platform) } },
          ports: { http: { number: platform.webUi.port, protocol: 'http', public: true, publicName: 'temporal' } },
          certificates,
          calls: [...calls.filter((call) => call !== ISSUER_CALL), ISSUER_CALL],
          // It exits when it cannot discover the provider.
          needs: [
            { party: IDENTITY, until: 'ready' },
            { party: FRONTEND_SERVER_NAME, until: 'ready' },
          ],
          ready: { kind: 'http', port: 'http', path: '/healthz' },
          resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '500m', memory: '1Gi' } },
        }),
        people([{ party: WEB_UI, port: 'http' }, ...(hasCodecServer(platform) ? [{ party: CODEC_SERVER, port: 'http' }] : []), ISSUER_CALL]),
      ],
      clients: [
        {
          id: TEMPORAL_AUDIENCE,
          title: 'Temporal Web UI',
          kind: 'web',
          audience: TEMPORAL_AUDIENCE,
          permissions: [],
          scopes: [],
          redirectUrls: [publicUrl(WEB_UI, 'http', '/auth/sso/callback'), ...(hasCodecServer(platform) && signsPeopleIn(platform) ? [loginCallback()] : [])],
          secret: clientSecret(TEMPORAL_AUDIENCE),
        },
      ],
      check: () => checkAuthentication(platform),
    }
  },
}

function people(calls: readonly Call[]): Actor {
  return { kind: 'actor', name: 'people', area: 'outside', description: 'People with a browser', calls }
}

function externalUi(url: string): Contribution {
  const service: ExternalService = {
    kind: 'external',
    name: WEB_UI,
    component: 'web-ui',
    area: 'outside',
    description: 'Temporal’s Web UI, run by others',
    ports: { http: { ...externalUrlPort(url), public: true } },
  }
  return { parties: [service, people([{ party: WEB_UI, port: 'http' }])] }
}

/** It shows Temporal the token of the person who is logged in, and nothing else. */
function checkAuthentication(platform: Platform): Diagnostic[] {
  if (authenticationOf(platform) !== 'api-key') return []
  const message = 'runs here, and cannot show Temporal an API key: it shows the token of the person who is logged in'
  return [{ path: 'webUi', message, hint: 'name the one that comes with that Temporal (webUi.external.url), or write webUi.enabled: false' }]
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
    ...codec(platform),
    ...uiTls(platform),
    auth: {
      enabled: true,
      providers: [
        {
          label: 'Sundial',
          type: 'oidc',
          providerUrl: issuer,
          clientId: clientId(platform, TEMPORAL_AUDIENCE),
          clientSecret: secret(clientSecret(TEMPORAL_AUDIENCE), 'client-secret'),
          callbackUrl: publicUrl(WEB_UI, 'http', '/auth/sso/callback'),
          scopes: webScopes(platform),
        },
      ],
    },
  }
}

/** What the page, not the UI's server, asks to decrypt payloads. It sends the person's token only over https. */
function codec(platform: Platform): { readonly codec?: ConfigTree } {
  if (!hasCodecServer(platform)) return {}
  const withSession = signsPeopleIn(platform)
  return { codec: { endpoint: publicUrl(CODEC_SERVER, 'http'), passAccessToken: !withSession, includeCredentials: withSession } }
}

/** Without any of these keys it would not use TLS, so the server's name always stands there. */
function uiTls(platform: Platform): { readonly tls?: ConfigTree } {
  const { external } = platform.temporal
  if (external && !external.tls) return {}
  return {
    tls: {
      ...frontendTls(platform),
      enableHostVerification: true,
      serverName: frontendTls(platform).serverName ?? endpoint(FRONTEND_SERVER_NAME, 'grpc', 'host'),
    },
  }
}
