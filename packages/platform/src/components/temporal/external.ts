import { externalPort, parseAddress, tlsSecrets } from '../../model/external.ts'
import type { ExternalService } from '../../model/parties.ts'
import type { Platform } from '../../model/platform.ts'
import type { ExternalTemporal } from '../../model/settings/temporal.ts'
import type { Contribution } from '../component.ts'
import { API_KEY_SECRET, FRONTEND_SERVER_NAME, NAMESPACES_JOB, TEMPORAL } from './names.ts'
import { namespacesClients, namespacesJob } from './namespaces-job.ts'

/** A Temporal that others run: its frontend, and the job for what this platform needs there. No server, no schemas, no databases. */
export function externalTemporal(platform: Platform, { address, tls, authentication }: ExternalTemporal): Contribution {
  const frontend: ExternalService = {
    kind: 'external',
    name: FRONTEND_SERVER_NAME,
    component: TEMPORAL,
    area: 'outside',
    description: 'Temporal’s API for clients, run by others',
    ports: { grpc: externalPort({ ...parseAddress(address), protocol: 'grpc', ...(authentication !== 'none' && { authentication }) }, tls) },
    checkedBy: NAMESPACES_JOB,
  }
  return {
    parties: [frontend, namespacesJob(platform)],
    secrets: [
      ...tlsSecrets(FRONTEND_SERVER_NAME, 'Temporal', tls),
      ...(authentication === 'api-key'
        ? [{ name: API_KEY_SECRET, keys: { 'api-key': 'given' as const }, about: { 'api-key': 'the API key that Temporal asks for' } }]
        : []),
    ],
    clients: namespacesClients(platform),
  }
}
