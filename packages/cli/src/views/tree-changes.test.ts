import type { TreeChanges } from '@sundial/platform/compare'
import { expect, test } from 'vitest'
import { terminalOf } from '../terminal.ts'
import { expectSheet } from './sheet.fixture.ts'
import { treeChangesView } from './tree-changes.ts'

const changes: TreeChanges = {
  objects: [
    { change: 'removed', object: 'Cluster temporal-backend/postgresql', fields: [], irreversible: 'goes with its data' },
    {
      change: 'changed',
      object: 'ConfigMap temporal-backend/temporal-config-0123456789',
      renamed: 'temporal-config-abcdef0123',
      fields: [{ path: 'data["temporal.yaml"].persistence.numHistoryShards', before: 4, after: 512 }],
    },
    {
      change: 'changed',
      object: 'Deployment temporal-product/orders-worker',
      fields: [
        { path: 'spec.replicas', before: 1, after: 3 },
        { path: 'spec.selector.matchLabels.app', before: 'a', after: 'b', irreversible: 'cannot be changed: the object has to be deleted, and made anew' },
        {
          path: 'spec.template.spec.topologySpreadConstraints',
          after: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' }],
        },
      ],
    },
    { change: 'added', object: 'PodDisruptionBudget temporal-product/orders-worker', fields: [] },
  ],
  settled: [{ what: 'Temporal’s history shards', before: '4', after: '512', why: 'the server keeps the number that it first started with' }],
}

test('what differs', async () => {
  await expectSheet('tree-changes', (terminal) => treeChangesView(changes, { whole: false }, terminal))
})

test('nothing differs', () => {
  expect(treeChangesView({ objects: [], settled: [] }, { whole: false }, terminalOf({}, { NO_COLOR: '1' }))).toBe('✓ no difference')
})
