import { describe, expect, it } from 'vitest'
import { compareTrees } from './compare-trees.ts'

const object = (kind: string, rest: object, apiVersion = 'v1') => ({ apiVersion, kind, metadata: { name: 'a', namespace: 'b' }, ...rest })
const deployment = (container: object, spec: object = {}) =>
  object('Deployment', { spec: { template: { spec: { containers: [{ name: 'api', ...container }] } }, ...spec } }, 'apps/v1')

/** Every change in a line. */
function changes(before: object, after: object): string[] {
  const { objects, settled } = compareTrees([before], [after])
  return [
    ...objects.flatMap(({ change, object: name, fields, irreversible }) =>
      fields.length === 0
        ? [`${change} ${name}: ${irreversible ?? ''}`]
        : fields.map(
            (field) => `${field.path}: ${show(field.before)} → ${show(field.after)}${field.irreversible === undefined ? '' : ` (${field.irreversible})`}`,
          ),
    ),
    ...settled.map(({ what, before: old, after: now }) => `${what}: ${old} → ${now}`),
  ]
}

const show = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value))

it('finds nothing where only the order of fields is another', () => {
  expect(compareTrees([object('Service', { spec: { a: 1, b: 2 } })], [object('Service', { spec: { b: 2, a: 1 } })])).toEqual({ objects: [], settled: [] })
})

describe('what is not the same', () => {
  it('is told by the names of what a list holds, wherever it stands', () => {
    const before = deployment({
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    })
    const after = deployment({
      env: [
        { name: 'C', value: '3' },
        { name: 'A', value: '4' },
      ],
    })
    expect(changes(before, after)).toEqual([
      'spec.template.spec.containers[api].env[A].value: "1" → "4"',
      'spec.template.spec.containers[api].env[B]: {"name":"B","value":"2"} → nothing',
      'spec.template.spec.containers[api].env[C]: nothing → {"name":"C","value":"3"}',
    ])
  })

  it('is told by what the text of a configuration means', () => {
    const config = (text: string) => object('ConfigMap', { data: { 'app.yaml': text } })
    expect(changes(config('a: 1\nb: {{ env "X" }}\n'), config('b: {{ env "X" }}\na: 2\n'))).toEqual(['data["app.yaml"].a: 1 → 2'])
  })

  it('is told by its lines, where nobody knows what a text means', () => {
    const script = (line: string) => object('ConfigMap', { data: { 'run.sh': `set -e\n${line}\nexit` } })
    expect(changes(script('a: !b'), script('a: !c'))).toEqual(['data["run.sh"] (lines): "a: !b" → "a: !c"'])
  })

  it('is one object, if its name ends with a hash of its content', () => {
    const named = (hash: string, value: number) => ({ ...object('ConfigMap', { data: { value } }), metadata: { name: `config-${hash}`, namespace: 'b' } })
    expect(compareTrees([named('0123456789', 1)], [named('abcdefabcd', 2)]).objects).toEqual([
      { change: 'changed', object: 'ConfigMap b/config-0123456789', renamed: 'config-abcdefabcd', fields: [{ path: 'data.value', before: 1, after: 2 }] },
    ])
  })

  it('is the same object in another version of its API', () => {
    expect(changes(object('HorizontalPodAutoscaler', {}, 'autoscaling/v1'), object('HorizontalPodAutoscaler', {}, 'autoscaling/v2'))).toEqual([
      'apiVersion: "autoscaling/v1" → "autoscaling/v2"',
    ])
  })
})

describe('what cannot be undone', () => {
  const cluster = (spec: object) => object('Cluster', { spec }, 'postgresql.cnpg.io/v1')
  const temporal = (shards: number, database = 'temporal') =>
    object('ConfigMap', {
      data: {
        'config.yaml': `services: {}\npersistence:\n  numHistoryShards: ${shards}\n  defaultStore: main\n  datastores: { main: { sql: { databaseName: ${database} } } }\n`,
      },
    })

  it.each([
    [
      'smaller storage',
      cluster({ storage: { size: '20Gi' } }),
      cluster({ storage: { size: '10Gi' } }),
      ['spec.storage.size: "20Gi" → "10Gi" (storage may only grow)'],
    ],
    ['not larger storage', cluster({ storage: { size: '900Mi' } }), cluster({ storage: { size: '1Gi' } }), ['spec.storage.size: "900Mi" → "1Gi"']],
    [
      'the cluster of a database',
      object('Database', { spec: { cluster: { name: 'a' } } }, 'postgresql.cnpg.io/v1'),
      object('Database', { spec: { cluster: { name: 'b' } } }, 'postgresql.cnpg.io/v1'),
      ['spec.cluster.name: "a" → "b" (cannot be changed: the object has to be deleted, and made anew)'],
    ],
    [
      'a selector',
      deployment({}, { selector: { matchLabels: { app: 'a' } } }),
      deployment({}, { selector: { matchLabels: { app: 'b' } } }),
      ['spec.selector.matchLabels.app: "a" → "b" (cannot be changed: the object has to be deleted, and made anew)'],
    ],
    [
      'a job',
      object('Job', { spec: { template: { a: 1 }, ttlSecondsAfterFinished: 1 } }, 'batch/v1'),
      object('Job', { spec: { template: { a: 2 }, ttlSecondsAfterFinished: 2 } }, 'batch/v1'),
      ['spec.template.a: 1 → 2 (cannot be changed: the object has to be deleted, and made anew)', 'spec.ttlSecondsAfterFinished: 1 → 2'],
    ],
    ['history shards', temporal(4), temporal(512), ['data["config.yaml"].persistence.numHistoryShards: 4 → 512', 'Temporal’s history shards: 4 → 512']],
    [
      'the name of a database',
      temporal(4),
      temporal(4, 'other'),
      ['data["config.yaml"].persistence.datastores.main.sql.databaseName: "temporal" → "other"', 'the database of Temporal’s store "main": temporal → other'],
    ],
  ])('is marked: %s', (_, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected)
  })

  it('is marked: a database that goes', () => {
    expect(compareTrees([cluster({}), object('Service', {})], []).objects).toEqual([
      { change: 'removed', object: 'Cluster b/a', fields: [], irreversible: 'goes with its data' },
      { change: 'removed', object: 'Service b/a', fields: [] },
    ])
  })
})
