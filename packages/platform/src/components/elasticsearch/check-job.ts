import type { Platform } from '../../model/platform.ts'
import { configFile, endpoint, secretFile } from '../../model/values.ts'
import type { Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { searchTls, searchUser } from './access.ts'
import { CHECK_JOB, ELASTICSEARCH, USER_SECRET } from './names.ts'

/** Finds out whether an external one can be used, before Temporal does. */
export function checkJob(platform: Platform): Workload {
  const user = searchUser(platform)
  const content = {
    host: endpoint(ELASTICSEARCH, 'http', 'host'),
    port: endpoint(ELASTICSEARCH, 'http', 'port'),
    tls: searchTls(platform),
    ...(user !== undefined && { login: { user, passwordFile: secretFile(USER_SECRET, 'password') } }),
    // The oldest that Temporal supports.
    minimumMajor: { elasticsearch: 7, opensearch: 2 },
  }
  return workload({
    name: CHECK_JOB,
    component: ELASTICSEARCH,
    area: 'backend',
    runs: 'job',
    description: 'Checks that Elasticsearch can be reached, lets us in, and is new enough',
    program: { kind: 'node', module: '@sundial/operations/elasticsearch-check' },
    args: [configFile('check.json')],
    files: { 'check.json': { format: 'json', content } },
    calls: [{ party: ELASTICSEARCH, port: 'http' }],
  })
}
