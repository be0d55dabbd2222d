import { expect, test } from 'vitest'
import { healthOf } from './health.ts'

const condition = (type: string, status: string, rest: object = {}) => ({ conditions: [{ type, status, ...rest }] })
const metadata = { name: 'it', namespace: 'there', generation: 2 }
const rolledOut = { observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3 }

test.each([
  ['apps/v1', 'Deployment', { replicas: 3 }, rolledOut, 'ready', ''],
  ['apps/v1', 'Deployment', { replicas: 3 }, { ...rolledOut, observedGeneration: 1 }, 'waiting', 'its controller has not seen it yet'],
  ['apps/v1', 'Deployment', { replicas: 3 }, { ...rolledOut, updatedReplicas: 1 }, 'waiting', '1 of 3 are new'],
  ['apps/v1', 'Deployment', { replicas: 3 }, { ...rolledOut, replicas: 4 }, 'waiting', '1 old ones are left'],
  ['apps/v1', 'Deployment', { replicas: 3 }, { ...rolledOut, availableReplicas: 2 }, 'waiting', '2 of 3 are available'],
  ['apps/v1', 'Deployment', { replicas: 3 }, { ...rolledOut, ...condition('Progressing', 'False', { message: 'too late' }) }, 'failed', 'too late'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', { minReplicas: 3 }, { currentReplicas: 3 }, 'ready', ''],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', { minReplicas: 3 }, { currentReplicas: 1 }, 'waiting', '1 of at least 3 copies are there'],
  ['batch/v1', 'Job', {}, { failed: 1 }, 'waiting', 'it runs, after 1 failed try'],
  ['batch/v1', 'Job', {}, condition('Complete', 'True'), 'ready', ''],
  ['batch/v1', 'Job', {}, condition('Failed', 'True', { message: 'too many tries' }), 'failed', 'too many tries'],
  ['cert-manager.io/v1', 'Certificate', {}, undefined, 'waiting', 'its controller has not said anything yet'],
  ['cert-manager.io/v1', 'Certificate', {}, condition('Ready', 'True', { observedGeneration: 1 }), 'waiting', 'its controller has not seen its change yet'],
  [
    'external-secrets.io/v1',
    'ExternalSecret',
    {},
    condition('Ready', 'False', { reason: 'SecretSyncedError', message: 'no such key' }),
    'waiting',
    'SecretSyncedError: no such key',
  ],
  ['postgresql.cnpg.io/v1', 'Cluster', {}, condition('Ready', 'True'), 'ready', ''],
  ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', {}, { health: 'red', phase: 'Ready' }, 'waiting', 'its health is red, its phase Ready'],
  ['v1', 'ConfigMap', undefined, undefined, 'ready', ''],
])('%s %s %j %j is %s', (apiVersion, kind, spec, status, state, why) => {
  expect(healthOf({ apiVersion, kind, metadata, spec, status })).toEqual({ state, why })
})
