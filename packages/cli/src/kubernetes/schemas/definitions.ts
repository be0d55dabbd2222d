import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SundialError } from '@sundial/platform'
import type { AnyObject } from '@sundial/platform/validate'
import { Ajv, type SchemaObject } from 'ajv'
import { loadAll } from 'js-yaml'
import { shownPath } from '../../output.ts'
import { problemsOf } from './ajv-problems.ts'
import type { Check } from './bundled.ts'
import { strictSchema } from './strict-schema.ts'

/** A version of a kind that a definition has. */
interface DefinedVersion {
  readonly name: string
  readonly schema?: { readonly openAPIV3Schema?: SchemaObject }
}

interface Definition {
  readonly items?: readonly Definition[]
  readonly kind?: string
  readonly spec?: { readonly group: string; readonly names: { readonly kind: string }; readonly versions: readonly DefinedVersion[] }
}

/**
 * The custom resource definitions of a folder and of all that are below it. Only files that name a wanted kind are read as YAML: they are large.
 * @throws SundialError `SUN_MANIFEST_UNREADABLE`
 */
export async function readDefinitions(folder: string, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, Check>> {
  const files = await filesOf(folder)
  const definitions = (await Promise.all(files.map(async (file) => definitionsIn(file, wanted)))).flat()
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true, validateFormats: false, logger: false })
  const checks = new Map<string, Check>()
  for (const { spec } of definitions) {
    for (const { name, schema } of spec?.versions ?? []) {
      const key = `${spec?.group}/${name} ${spec?.names.kind}`
      if (wanted.has(key) && schema?.openAPIV3Schema) checks.set(key, checkOf(ajv, schema.openAPIV3Schema))
    }
  }
  return checks
}

function checkOf(ajv: Ajv, schema: SchemaObject): Check {
  const validate = ajv.compile(strictSchema(schema))
  return (object: AnyObject) => (validate(object) ? [] : problemsOf(validate.errors ?? [], object))
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    throw new SundialError('SUN_MANIFEST_UNREADABLE', `the folder ${shownPath(folder)} cannot be read`, {
      hint: 'Name a folder of custom resource definitions in YAML.',
      cause: error,
    })
  }
}

async function definitionsIn(file: string, wanted: ReadonlySet<string>): Promise<Definition[]> {
  const text = await readFile(file, 'utf8')
  if (!text.includes('CustomResourceDefinition') || ![...wanted].some((key) => text.includes(`kind: ${key.slice(key.indexOf(' ') + 1)}\n`))) return []
  try {
    const documents = loadAll(text) as (Definition | null)[]
    // As kubectl prints several objects.
    return documents.flatMap((each) => each?.items ?? each ?? []).filter(({ kind }) => kind === 'CustomResourceDefinition')
  } catch (error) {
    throw new SundialError('SUN_MANIFEST_UNREADABLE', `${shownPath(file)} is no YAML: ${(error as Error).message}`, {
      hint: 'Correct it, or leave it out.',
      cause: error,
    })
  }
}
