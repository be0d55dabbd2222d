import { externalPort, tlsSecrets } from '../../model/external.ts'
import type { ExternalService, ManagedService } from '../../model/parties.ts'
import type { Platform } from '../../model/platform.ts'
import type { Component, Contribution } from '../component.ts'
import { isSecured, searchUser } from './access.ts'
import { checkJob } from './check-job.ts'
import { CHECK_JOB, ELASTICSEARCH, USER_SECRET } from './names.ts'

/** The search engine: part of the platform only while something is kept in it. */
export const elasticsearch: Component = {
  name: ELASTICSEARCH,
  contribute(platform) {
    const { external, port } = platform.elasticsearch
    // A Temporal that others run has its visibility there.
    if (platform.temporal.visibility !== 'elasticsearch' || platform.temporal.external) return { parties: [] }
    if (external) return externalContribution(platform, external)
    return managed(platform, port)
  },
}

function managed(platform: Platform, port: number): Contribution {
  const secured = isSecured(platform)
  const service: ManagedService = {
    kind: 'managed',
    name: ELASTICSEARCH,
    component: ELASTICSEARCH,
    area: 'backend',
    description: 'Lists and searches workflows',
    ports: {
      http: {
        number: port,
        protocol: 'http',
        ...(secured && { tls: { domain: 'search', mutual: false, serverName: ELASTICSEARCH }, authentication: 'password' }),
      },
    },
    certificates: secured ? [{ domain: 'search', usages: ['server'], address: true }] : [],
  }
  return { parties: [service], secrets: secured ? [{ name: USER_SECRET, keys: { password: 'password' } }] : [] }
}

function externalContribution(platform: Platform, { host, port, tls }: NonNullable<Platform['elasticsearch']['external']>): Contribution {
  const user = searchUser(platform)
  const service: ExternalService = {
    kind: 'external',
    name: ELASTICSEARCH,
    component: ELASTICSEARCH,
    area: 'outside',
    description: 'Lists and searches workflows; run by others',
    ports: { http: externalPort({ number: port, host, protocol: 'http', ...(user !== undefined && { authentication: 'password' }) }, tls) },
    checkedBy: CHECK_JOB,
  }
  return {
    parties: [service, checkJob(platform)],
    secrets: [
      ...tlsSecrets(ELASTICSEARCH, 'Elasticsearch', tls),
      ...(user === undefined
        ? []
        : [{ name: USER_SECRET, keys: { password: 'given' as const }, about: { password: `the password of ${user} in Elasticsearch` } }]),
    ],
  }
}
