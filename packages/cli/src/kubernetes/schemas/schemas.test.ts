import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyObject } from '@sundial/platform/validate'
import { loadAll } from 'js-yaml'
import { beforeEach, describe, expect, it } from 'vitest'
import { bundledCheck } from './bundled.ts'
import { loadSchemas } from './load-schemas.ts'

const definitions = process.env['SUNDIAL_CRDS']

const anObject = (apiVersion: string, kind: string, rest: object): AnyObject => ({
  apiVersion,
  kind,
  metadata: { name: 'a', labels: { any: 'label' } },
  ...rest,
})
const deployment = (spec: object) => anObject('apps/v1', 'Deployment', { spec })
const template = (container: object) => ({ metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', ...container }] } })

async function problems(object: AnyObject, folder?: string): Promise<string[] | undefined> {
  const schemas = await loadSchemas([object], folder)
  return schemas.check(object)?.map(({ path, message, hint }) => [path.join('.'), message, hint].filter((part) => part !== undefined).join(' | '))
}

describe('definitions that come with the command', () => {
  it('say nothing of what is right', async () => {
    expect(await problems(deployment({ selector: { matchLabels: { a: 'b' } }, template: template({ image: 'a:1', ports: [{ containerPort: 1 }] }) }))).toEqual(
      [],
    )
    expect(await problems(anObject('v1', 'ConfigMap', { data: { 'any.key': 'text' } }))).toEqual([])
  })

  it.each([
    ['a misspelt field', { replicaz: 2 }, {}, 'spec.replicaz | is no field | did you mean "replicas"?'],
    ['one deep below', {}, { imge: 'a:1' }, 'spec.template.spec.containers.0.imge | is no field | did you mean "image"?'],
    ['a wrong type', { replicas: '2' }, {}, 'spec.replicas | must be integer; found "2"'],
    ['what is missing', {}, { ports: [{}] }, 'spec.template.spec.containers.0.ports.0.containerPort | is missing'],
  ])('find %s', async (_, spec, container, found) => {
    expect(await problems(deployment({ selector: {}, template: template(container), ...spec }))).toEqual([found])
  })

  it('do not ask for what has a default', async () => {
    expect(await problems(anObject('generators.external-secrets.io/v1alpha1', 'Password', { spec: { digits: 5 } }))).toEqual([])
    expect(await problems(anObject('generators.external-secrets.io/v1alpha1', 'Password', { spec: { digits: 'five' } }))).toEqual([
      'spec.digits | must be integer; found "five"',
    ])
  })

  it('know nothing of kinds that nobody defined', async () => {
    expect(await problems({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' } })).toBeUndefined()
    expect(await problems({ apiVersion: 'apps/v1', kind: 'Deployments', metadata: { name: 'a' } })).toBeUndefined()
  })
})

describe('operators’ own definitions', () => {
  beforeEach((context) => context.skip(definitions === undefined, 'SUNDIAL_CRDS does not name a folder of custom resource definitions'))

  it('find unknown fields, wrong types and values that are not allowed', async () => {
    const spec = { secretName: 'a', dnsName: ['a'], duration: 90, privateKey: { algorithm: 'DSA' }, issuerRef: { name: 'a' } }
    expect(await problems(anObject('cert-manager.io/v1', 'Certificate', { spec }), definitions)).toEqual([
      'spec.dnsName | is no field | did you mean "dnsNames"?',
      'spec.duration | must be string; found 90',
      'spec.privateKey.algorithm | is "DSA"; allowed: "RSA", "ECDSA", "Ed25519"',
    ])
  })

  it('do not ask for what has a default', async () => {
    expect(await problems(anObject('generators.external-secrets.io/v1alpha1', 'Password', { spec: {} }), definitions)).toEqual([])
  })

  it('have no field that those of the command refuse', async () => {
    const unknown = await Promise.all(
      served(definitions ?? '').map(async ({ apiVersion, kind, schema }) => {
        const check = await bundledCheck(apiVersion, kind)
        const whole = { ...(sample(schema) as object), apiVersion, kind, metadata: { name: 'a' } }
        return (check?.(whole) ?? [])
          .filter(({ path, message }) => message === 'is no field' && path[0] !== 'status')
          .map(({ path }) => `${apiVersion} ${kind} ${path.join('.')}`)
      }),
    )
    expect(unknown.length).toBeGreaterThan(50)
    expect(unknown.flat()).toEqual([])
  })
})

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly 'x-kubernetes-int-or-string'?: boolean
}

interface Served {
  readonly apiVersion: string
  readonly kind: string
  readonly schema: Schema
}

function served(folder: string): Served[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))
  const documents = files.flatMap((name) => loadAll(readFileSync(join(folder, name), 'utf8')) as any[])
  return documents
    .filter((document) => document?.kind === 'CustomResourceDefinition')
    .flatMap(({ spec }) =>
      spec.versions
        .filter((version: any) => version.served)
        .map(({ name, schema }: any) => ({ apiVersion: `${spec.group}/${name}`, kind: spec.names.kind, schema: schema.openAPIV3Schema })),
    )
}

/** An object with every field that a schema has. */
function sample({ type, properties, items, additionalProperties, ...rest }: Schema): unknown {
  if (rest['x-kubernetes-int-or-string']) return 1
  if (properties) return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, sample(value)]))
  if (type === 'array') return items ? [sample(items)] : []
  if (type === 'object') return typeof additionalProperties === 'object' ? { key: sample(additionalProperties) } : {}
  return type === 'integer' || type === 'number' ? 1 : type === 'boolean' ? true : 'text'
}
