import { externalPort, tlsSecrets } from '../../model/external.ts'
import type { ExternalService, ManagedService } from '../../model/parties.ts'
import type { Platform } from '../../model/platform.ts'
import type { Component, Contribution } from '../component.ts'
import { checkDatabases } from './check-databases.ts'
import { checkJob } from './check-job.ts'
import { CHECK_JOB, POSTGRESQL, SUPERUSER_SECRET } from './names.ts'

export const postgresql: Component = {
  name: POSTGRESQL,
  contribute(platform) {
    const { external } = platform.postgresql
    return external ? externalContribution(platform, external) : managed
  },
}

const managedService: ManagedService = {
  kind: 'managed',
  name: POSTGRESQL,
  component: POSTGRESQL,
  area: 'backend',
  description: 'Stores workflows, visibility and the data of applications',
  ports: { sql: { number: 5432, protocol: 'postgresql', tls: { domain: 'database', mutual: false, serverName: POSTGRESQL }, authentication: 'password' } },
  certificates: [{ domain: 'database', usages: ['server'], address: true }],
}

const managed: Contribution = { parties: [managedService], secrets: [{ name: SUPERUSER_SECRET, keys: { password: 'password' } }], check: checkDatabases }

/** No superuser: roles and databases are made by those who run the server. */
function externalContribution(platform: Platform, { host, port, tls }: NonNullable<Platform['postgresql']['external']>): Contribution {
  const service: ExternalService = {
    kind: 'external',
    name: POSTGRESQL,
    component: POSTGRESQL,
    area: 'outside',
    description: 'Stores workflows, visibility and the data of applications; run by others',
    ports: { sql: externalPort({ number: port, host, protocol: 'postgresql', authentication: 'password' }, tls) },
    checkedBy: CHECK_JOB,
  }
  return {
    parties: [service],
    secrets: tlsSecrets(POSTGRESQL, 'PostgreSQL', tls),
    partiesFor: ({ databases }) => [checkJob(platform, databases)],
    check: checkDatabases,
  }
}
