import type { Diagnostic } from '../../model/diagnostics.ts'
import type { Platform } from '../../model/platform.ts'
import { configFile, listen, publicUrl, secretFile, secretFolder } from '../../model/values.ts'
import type { ConfigTree } from '../../model/workload.ts'
import { OPERATIONS_READY, operationsPort } from '../applications/worker.ts'
import { keysSecret } from '../applications/encryption.ts'
import { workload, type Component } from '../component.ts'
import { clientId, clientSecret, IDENTITY, issuer, ISSUER_CALL, TEMPORAL_AUDIENCE, webScopes } from '../identity/names.ts'
import { WEB_UI } from '../web-ui/names.ts'
import { CODEC_SERVER, encryptedApplications, hasCodecServer, loginCallback, signsPeopleIn } from './names.ts'

/** Decrypts payloads for the Web UI and for Temporal's command, when those who ask may read the namespace. */
export const codecServer: Component = {
  name: 'codec-server',
  contribute(platform) {
    if (!hasCodecServer(platform)) return { parties: [] }
    return {
      parties: [
        workload({
          name: CODEC_SERVER,
          component: 'codec-server',
          area: 'backend',
          description: 'Decrypts payloads for people who may read them',
          program: { kind: 'node', module: '@sundial/codec-server' },
          args: [configFile('codec-server.json')],
          files: { 'codec-server.json': { format: 'json', content: configuration(platform) } },
          env: { HTTP_ADDRESS: listen('http'), OPERATIONS_ADDRESS: listen('operations') },
          ports: {
            http: { number: platform.codecServer.port, protocol: 'http', authentication: 'token', public: true, publicName: 'codec' },
            ...operationsPort(9098),
          },
          calls: [ISSUER_CALL],
          // It asks the provider when somebody asks it.
          needs: [{ party: IDENTITY, until: 'none' }],
          ready: OPERATIONS_READY,
          scale: { replicas: platform.codecServer.replicas, setting: ['codecServer', 'replicas'] },
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
        }),
      ],
      check: () => checkCopies(platform),
    }
  },
}

/** A browser that one copy knows is a stranger to the others. Where the Web UI brings tokens there is nothing to know. */
function checkCopies(platform: Platform): Diagnostic[] {
  const { replicas } = platform.codecServer
  if (replicas === 1 || !signsPeopleIn(platform)) return []
  return [
    {
      path: 'codecServer.replicas',
      message: `is ${replicas}, but in this environment people sign in to ${CODEC_SERVER}, and each copy would know only those who signed in to it`,
      hint: 'run one copy here; where the Web UI brings tokens, over https, there may be more',
    },
  ]
}

function configuration(platform: Platform): ConfigTree {
  const { webUi, codecServer: settings } = platform
  const namespaces = encryptedApplications(platform).map(([name, { namespace }]) => [namespace ?? name, { keysFolder: secretFolder(keysSecret(name)) }])
  return {
    namespaces: Object.fromEntries(namespaces) as ConfigTree,
    issuer,
    audience: TEMPORAL_AUDIENCE,
    origins: webUi.enabled || webUi.external ? [publicUrl(WEB_UI, 'http')] : [],
    encode: settings.encode,
    ...(signsPeopleIn(platform) && {
      login: {
        clientId: clientId(platform, TEMPORAL_AUDIENCE),
        clientSecretFile: secretFile(clientSecret(TEMPORAL_AUDIENCE), 'client-secret'),
        scopes: webScopes(platform),
        callbackUrl: loginCallback(),
        returnUrl: publicUrl(WEB_UI, 'http'),
      },
    }),
  }
}
