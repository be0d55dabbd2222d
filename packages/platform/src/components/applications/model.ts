import type { Party } from '../../model/parties.ts'
import type { OidcClient, Secret } from '../../model/resources.ts'
import type { Component, Contribution } from '../component.ts'
import { databasePassword } from '../../model/database-login.ts'
import { clientSecret, ISSUER_CALL } from '../identity/names.ts'
import { serviceClients } from '../temporal/access.ts'
import { apiWorkload, cursorSecret, demoTask } from './api.ts'
import { databaseOf, migrationJob } from './database.ts'
import { encryptionSecrets } from './encryption.ts'
import { apiAudience, apiName, clientName, serviceKeySecret, workerName, type Application } from './names.ts'
import { serviceParty } from './service.ts'
import { workerWorkload } from './worker.ts'

export const applications: Component = {
  name: 'applications',
  contribute(platform) {
    const parts = Object.entries(platform.applications).map(([name, settings]) =>
      contribution({ name, settings, namespace: settings.namespace ?? name, platform }),
    )
    return {
      parties: parts.flatMap((part) => part.parties),
      secrets: parts.flatMap((part) => part.secrets ?? []),
      databases: parts.flatMap((part) => part.databases ?? []),
      clients: parts.flatMap((part) => part.clients ?? []),
    }
  },
}

function contribution(application: Application): Contribution {
  const { name, settings } = application
  const { api, database, demo } = settings
  const parties: Party[] = [
    workerWorkload(application),
    ...Object.entries(settings.services).map(([service, its]) => serviceParty(application, service, its)),
    ...(database ? [migrationJob(application, database.migrate)] : []),
    ...(api ? [apiWorkload(application, api), callers(name)] : []),
    ...(api && demo ? [demoTask(application, demo)] : []),
  ]
  const secrets: Secret[] = [
    ...encryptionSecrets(application),
    ...(database ? [databasePassword(application.platform, databaseOf(application))] : []),
    ...(api ? [{ name: cursorSecret(name), keys: { key: 'password' as const } }] : []),
    ...Object.entries(settings.services).map(([service, { url }]): Secret => ({
      name: serviceKeySecret(name, service),
      ...(url === undefined
        ? { keys: { 'api-key': 'password' } }
        : { keys: { 'api-key': 'given' }, about: { 'api-key': `the key that ${service} at ${new URL(url).host} asks for` } }),
    })),
  ]
  return { parties, secrets, databases: database ? [databaseOf(application)] : [], clients: clientsOf(application) }
}

/** Temporal's `worker` role alone allows nothing: polling and responding need write. */
function clientsOf({ name, settings, namespace, platform }: Application): OidcClient[] {
  const callersOfApi = Object.entries(settings.clients).map(([client, { scopes }]): OidcClient => {
    const id = clientName(name, client)
    return { id, kind: 'service', audience: apiAudience(name), permissions: [], scopes, redirectUrls: [], secret: clientSecret(id) }
  })
  const write = [`${namespace}:write`]
  return [...serviceClients(platform, workerName(name), write), ...(settings.api ? [...serviceClients(platform, apiName(name), write), ...callersOfApi] : [])]
}

function callers(application: string): Party {
  const calls = [{ party: apiName(application), port: 'http' }, ISSUER_CALL]
  return { kind: 'actor', name: `${application}-clients`, area: 'outside', description: `Programs that call the API of ${application}`, calls }
}
