import type { ApplicationSettings } from '../../model/settings/application.ts'
import { listen, publicUrl, secretFile } from '../../model/values.ts'
import type { Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { clientId, clientSecret, IDENTITY, issuer, ISSUER_CALL } from '../identity/names.ts'
import { tracingAccess } from '../collector/names.ts'
import { temporalAccess } from '../temporal/access.ts'
import { FRONTEND_SERVER_NAME } from '../temporal/names.ts'
import { encryptionUse } from './encryption.ts'
import { apiAudience, apiName, clientName, demoName, workerName, type Application } from './names.ts'
import { OPERATIONS_READY, operationsPort, upTo, waitsByItself } from './worker.ts'

export const cursorSecret = (application: string) => `${apiName(application)}-cursor`

export function apiWorkload(application: Application, settings: NonNullable<ApplicationSettings['api']>): Workload {
  const { name, namespace, platform } = application
  const temporal = temporalAccess(platform, { id: apiName(name), namespace })
  const tracing = tracingAccess(platform)
  return workload({
    name: apiName(name),
    component: name,
    area: 'product',
    description: `HTTP API of ${name}`,
    roles: ['api'],
    program: { kind: 'node', module: settings.module },
    env: {
      ...temporal.env,
      ...encryptionUse(application),
      ...tracing.env,
      // Whose tokens callers bring.
      OIDC_ISSUER: issuer,
      API_AUDIENCE: apiAudience(name),
      API_CURSOR_KEY_FILE: secretFile(cursorSecret(name), 'key'),
      HTTP_ADDRESS: listen('http'),
      OPERATIONS_ADDRESS: listen('operations'),
      ...settings.env,
    },
    ports: { http: { number: settings.port, protocol: 'http', authentication: 'token', public: true }, ...operationsPort(9096) },
    certificates: temporal.certificates,
    calls: [...temporal.calls.filter((call) => call !== ISSUER_CALL), ISSUER_CALL, ...tracing.calls],
    needs: waitsByItself([FRONTEND_SERVER_NAME, IDENTITY, ...tracing.parties]),
    ready: OPERATIONS_READY,
    stop: { graceSeconds: 30, handsOver: true },
    scale: { replicas: settings.replicas, setting: ['applications', name, 'api', 'replicas'], ...upTo(settings, 'cpu') },
    resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '500m', memory: '1Gi' } },
  })
}

/** A client program that shows the application at work; it runs when somebody asks for it. */
export function demoTask({ name, settings, platform }: Application, demo: NonNullable<ApplicationSettings['demo']>): Workload {
  const client = clientName(name, demo.client)
  return workload({
    name: demoName(name),
    component: name,
    area: 'product',
    runs: 'task',
    description: `Shows ${name} at work through its API`,
    program: { kind: 'node', module: demo.module },
    env: {
      API_URL: publicUrl(apiName(name), 'http'),
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: clientId(platform, client),
      OIDC_CLIENT_SECRET_FILE: secretFile(clientSecret(client), 'client-secret'),
      OIDC_SCOPE: settings.clients[demo.client]?.scopes.join(' ') ?? '',
    },
    calls: [{ party: apiName(name), port: 'http' }, ISSUER_CALL],
    needs: [
      { party: apiName(name), until: 'ready' },
      { party: workerName(name), until: 'ready' },
    ],
  })
}
