import { test } from 'vitest'
import { expectSheet } from './sheet.fixture.ts'
import { validationView, type Validation } from './validation-view.ts'

const findings: Validation['findings'] = [
  {
    rule: 'image-tag',
    severity: 'error',
    object: 'Deployment product/orders-worker',
    path: 'spec.template.spec.containers[0].image',
    message: '"registry.example.com/orders:latest" is whatever is latest',
    hint: 'Name a version, or a digest.',
  },
  {
    rule: 'read-only-root',
    severity: 'warning',
    object: 'Deployment product/orders-worker',
    path: 'spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem',
    message: 'must be true',
    hint: 'Mount an emptyDir where the program writes, such as /tmp.',
  },
  {
    rule: 'connection-budget',
    severity: 'error',
    object: 'Cluster backend/database',
    path: 'spec.postgresql.parameters.max_connections',
    message: 'is 100, and Temporal’s pools may open 160 (temporal-frontend: 5 × 20, temporal-history: 3 × 20)',
    hint: 'Raise it to 160 and some for others, or make maxConns smaller.',
  },
]
const written: Validation = {
  objects: 12,
  environments: [],
  charts: ['charts/worker'],
  findings: findings.map((each, index) => ({ ...each, location: { file: 'k8s/worker.yaml', line: 12 + index, column: 3 } })),
}
const rendered: Validation = {
  objects: 489,
  environments: ['development', 'staging', 'production'],
  charts: [],
  findings: findings.map((each, index) => ({ ...each, environments: index === 2 ? ['staging', 'production'] : ['development', 'staging', 'production'] })),
}

test('files have lines', async () => {
  await expectSheet('validation-files', (terminal) => validationView(written, terminal))
})

test('a platform has environments', async () => {
  await expectSheet('validation-platform', (terminal) => validationView(rendered, terminal))
})

test('nothing is wrong', async () => {
  await expectSheet('validation-clean', (terminal) => validationView({ ...rendered, findings: [] }, terminal))
})
