import type { Platform } from '../../model/platform.ts'
import { endpoint } from '../../model/values.ts'
import type { Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { ELASTICSEARCH } from '../elasticsearch/model.ts'
import { TEMPORAL } from './names.ts'

/** Makes the index, with the fields that this server version searches by. Safe to run again: an index that is there gets the fields that it lacks. */
export function visibilityIndexJob(platform: Platform): Workload {
  const { index } = platform.elasticsearch
  return workload({
    name: 'temporal-visibility-index',
    component: TEMPORAL,
    area: 'backend',
    runs: 'job',
    description: `Makes the index ${index}, or brings its fields up to date`,
    program: { kind: 'released', name: 'temporal', version: platform.versions.temporal, command: 'temporal-elasticsearch-tool' },
    init: [
      { name: 'template', args: ['setup-schema'] },
      { name: 'create', args: ['create-index', '--index', index] },
    ],
    args: ['update-schema', '--index', index],
    env: { ES_SERVER: endpoint(ELASTICSEARCH, 'http', 'url') },
    calls: [{ party: ELASTICSEARCH, port: 'http' }],
    needs: [{ party: ELASTICSEARCH, until: 'ready' }],
  })
}
