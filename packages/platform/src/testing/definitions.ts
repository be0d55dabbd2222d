import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { loadAll } from 'js-yaml'
import type { KubernetesObject } from '../targets/kubernetes/object.ts'

/** What vitest gives a test. */
interface Skippable {
  skip(note?: string): never
}

/** The definitions in the folder that SUNDIAL_CRDS names. A test that asks for them is skipped without it. */
export function upstreamDefinitions(context: Skippable): Definitions {
  const folder = process.env['SUNDIAL_CRDS']
  if (folder === undefined || folder === '') return context.skip('SUNDIAL_CRDS names no folder with custom resource definitions')
  read ??= new Definitions(folder)
  return read
}

/** Megabytes of YAML, read once for all tests of a file. */
let read: Definitions | undefined

type Schema = Readonly<Record<string, unknown>>

/** Upstream custom resource definitions, as a strict API server reads them: a field that a definition does not know is an error. */
class Definitions {
  readonly #schemas: ReadonlyMap<string, Schema>
  readonly #compiled = new Map<string, ValidateFunction>()
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })

  /** @param folder with YAML files at any depth, one folder a project */
  constructor(folder: string) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))
    this.#schemas = new Map(files.flatMap((name) => loadAll(readFileSync(join(folder, name), 'utf8')).flatMap(schemasOf)))
  }

  /** Whether the object is of a kind that one of them defines. */
  defines({ apiVersion, kind }: KubernetesObject): boolean {
    return this.#schemas.has(`${apiVersion} ${kind}`)
  }

  /** What is wrong with an object of a defined kind, by path; nothing for kinds of Kubernetes' own. */
  problemsOf(object: KubernetesObject): string[] {
    const { apiVersion, kind, metadata } = object
    // As it would arrive: what is undefined is not there.
    const sent: unknown = JSON.parse(JSON.stringify(object))
    const validate = this.#validatorOf(`${apiVersion} ${kind}`)
    if (!validate || validate(sent)) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${kind} ${metadata.name} ${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    )
  }

  #validatorOf(key: string): ValidateFunction | undefined {
    const schema = this.#schemas.get(key)
    if (!schema) return undefined
    const known = this.#compiled.get(key) ?? this.#ajv.compile(strict(schema))
    this.#compiled.set(key, known)
    return known
  }
}

interface Definition {
  readonly kind: 'CustomResourceDefinition'
  readonly spec: {
    readonly group: string
    readonly names: { readonly kind: string }
    readonly versions: readonly { readonly name: string; readonly served: boolean; readonly schema?: { readonly openAPIV3Schema: Schema } }[]
  }
}

function schemasOf(document: unknown): [string, Schema][] {
  if ((document as { kind?: unknown } | null)?.kind !== 'CustomResourceDefinition') return []
  const { group, names, versions } = (document as Definition).spec
  return versions.flatMap(({ name, served, schema }) => (served && schema ? [[`${group}/${name} ${names.kind}`, schema.openAPIV3Schema]] : []))
}

const OBJECT_FIELDS = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } } as const

/** A structural schema of Kubernetes as JSON Schema, with everything forbidden that it does not name. */
function strict(schema: Schema, isRoot = true): Schema {
  const { properties, items, additionalProperties, nullable, type, ...rest } = schema as {
    properties?: Record<string, Schema>
    items?: Schema
    additionalProperties?: Schema | boolean
    nullable?: boolean
    type?: string
  } & Schema
  const isWhole = isRoot || rest['x-kubernetes-embedded-resource'] === true
  const isOpen = rest['x-kubernetes-preserve-unknown-fields'] === true
  const children = Object.entries(properties ?? {}).map(([name, child]) => [name, strict(child, false)] as const)
  const known = { ...Object.fromEntries(children), ...(isWhole && OBJECT_FIELDS) }
  const types = rest['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : type === undefined ? [] : [type]
  return {
    ...rest,
    ...(types.length > 0 && { type: nullable === true ? [...types, 'null'] : types }),
    ...(Object.keys(known).length > 0 && { properties: known }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: strict(additionalProperties, false) }),
    ...(type === 'object' && additionalProperties === undefined && !isOpen && { additionalProperties: false }),
    ...(items && { items: strict(items, false) }),
  }
}
