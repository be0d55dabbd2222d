import type { Platform } from '../../model/platform.ts'
import type { Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { searchEnvironment } from '../elasticsearch/access.ts'
import { ELASTICSEARCH } from '../elasticsearch/names.ts'
import { TEMPORAL } from './names.ts'

/** Makes the index, with the fields that this server version searches by. Safe to run again: an index that is there gets the fields that it lacks. */
export function visibilityIndexJob(platform: Platform): Workload {
  const { index, external } = platform.elasticsearch
  return workload({
    name: 'temporal-visibility-index',
    component: TEMPORAL,
    area: 'backend',
    runs: 'job',
    ...(!external && { lasting: true }),
    description: `Makes the index ${index}, or brings its fields up to date`,
    program: { kind: 'released', name: 'temporal', version: platform.versions.temporal, command: 'temporal-elasticsearch-tool' },
    init: [
      // It would forbid that a write makes an index, in the whole cluster: one of others is not ours to change.
      { name: 'template', args: ['setup-schema', ...(external ? ['--skip-cluster-settings'] : [])] },
      { name: 'create', args: ['create-index', '--index', index] },
    ],
    args: ['update-schema', '--index', index],
    env: searchEnvironment(platform),
    calls: [{ party: ELASTICSEARCH, port: 'http' }],
    needs: [{ party: ELASTICSEARCH, until: 'ready' }],
  })
}
