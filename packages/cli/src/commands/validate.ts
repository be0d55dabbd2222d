import type { EnvironmentName } from '@sundial/platform'
import { validateObjects, type Rule } from '@sundial/platform/validate'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { chosenRules } from '../kubernetes/chosen-rules.ts'
import { readManifestFiles } from '../kubernetes/manifest-files.ts'
import { renderEnvironments } from '../kubernetes/render-environments.ts'
import { loadSchemas } from '../kubernetes/schemas/load-schemas.ts'
import { print, printJson } from '../output.ts'
import { validationView, type Validation } from '../views/validation-view.ts'

export async function run({ args, options }: CommandCall): Promise<number> {
  const list = (name: string) => (options[name] ?? []) as readonly string[]
  const rules = chosenRules({ only: list('rule'), skipped: list('skip') })
  const environment = typeof options['environment'] === 'string' ? environmentName(options['environment']) : undefined
  const question = { rules, environment, schemas: typeof options['schemas'] === 'string' ? options['schemas'] : undefined }
  const validation = args.length === 0 ? await rendered(question) : await written(args, question)
  if (options['json']) printJson(validation)
  else print(validationView(validation))
  return validation.findings.some(({ severity }) => severity === 'error') ? 1 : 0
}

interface Question {
  readonly rules: readonly Rule[]
  readonly environment: EnvironmentName | undefined
  /** A folder with definitions of the user's own. */
  readonly schemas: string | undefined
}

/** The platform as it is rendered. What is wrong in several environments is one finding. */
async function rendered({ rules, environment, schemas: folder }: Question): Promise<Validation> {
  const clusters = await renderEnvironments(findProject(), environment && [environment])
  const schemas = await loadSchemas(
    [...clusters.values()].flatMap(({ objects }) => objects),
    folder,
  )
  const found = [...clusters].map(([name, { objects, releases }]) => ({
    name,
    findings: validateObjects(objects, { rules, schemas, production: name === 'production', charts: releases.map(({ namespace }) => namespace) }),
  }))
  const merged = new Map<string, Validation['findings'][number]>()
  for (const { name, findings } of found) {
    for (const finding of findings) {
      const key = JSON.stringify(finding)
      merged.set(key, { ...finding, environments: [...(merged.get(key)?.environments ?? []), name] })
    }
  }
  return {
    objects: [...clusters.values()].reduce((sum, { objects }) => sum + objects.length, 0),
    environments: [...clusters.keys()],
    charts: [],
    findings: [...merged.values()],
  }
}

/** Files of anybody. */
async function written(paths: readonly string[], { rules, environment, schemas: folder }: Question): Promise<Validation> {
  const { objects: read, charts } = await readManifestFiles(paths)
  const objects = read.map(({ object }) => object)
  const places = new Map(read.map(({ object, locate }) => [object, locate]))
  const schemas = await loadSchemas(objects, folder)
  const findings = validateObjects(objects, { rules, schemas, production: environment === 'production', locate: (object, path) => places.get(object)?.(path) })
  return { objects: objects.length, environments: [], charts, findings }
}
