import { createHash } from 'node:crypto'
import { dump } from 'js-yaml'
import { programVersion, type FileTemplate } from '../../../model/versions.ts'
import type { ConfigFile, Workload } from '../../../model/workload.ts'
import { SECRET_VARIABLE_PREFIX } from './variables.ts'
import type { PodResolver, ResolvedTree, SecretLeaf, VariableLeaf } from '../resolve.ts'

/** One configuration file of a workload, as text. */
export interface ConfigText {
  readonly name: string
  readonly text: string
  /** Secrets that stand in it, by the variable that names each in the text. */
  readonly secrets: Readonly<Record<string, SecretLeaf['secret']>>
  /** By what they are replaced: the program itself, from its environment, or External Secrets, which writes the whole file. */
  readonly filledBy: 'nothing' | 'program' | 'external-secrets'
  /** See `ConfigFile.reloadedFrom`. */
  readonly reloadedFrom?: string
}

/** The files of a workload with every address, path and number; secrets stand in them by name only. */
export function configTexts(workload: Workload, resolver: PodResolver): ConfigText[] {
  const template = templateOf(workload)
  return Object.entries(workload.files).map(([name, file]) => configText({ name, file, template }, resolver))
}

interface File {
  readonly name: string
  readonly file: ConfigFile
  readonly template: FileTemplate | undefined
}

function configText({ name, file, template }: File, resolver: PodResolver): ConfigText {
  const found: Found = { secrets: {}, variables: new Set() }
  const content = withMarks(resolver.tree(file.content) ?? null, found)
  const names = [...Object.keys(found.secrets), ...found.variables]
  const filledBy = names.length === 0 ? 'nothing' : template ? 'program' : 'external-secrets'
  if (filledBy === 'external-secrets' && found.variables.size > 0) throw new Error(`${name} has what only the pod knows, and its program fills in nothing`)
  const written = write(content, file.format)
  if (filledBy !== 'nothing' && written.includes('{{')) throw new Error(`"{{" in ${name} would be taken for a template's`)
  const replaced = names.reduce((text, variable) => text.replaceAll(markOf(variable), placeholder(variable, template)), written)
  return {
    name,
    text: filledBy === 'program' && template ? `${template.firstLine}\n${replaced}` : replaced,
    secrets: found.secrets,
    filledBy,
    ...(file.reloadedFrom !== undefined && { reloadedFrom: file.reloadedFrom }),
  }
}

interface Found {
  readonly secrets: Record<string, SecretLeaf['secret']>
  readonly variables: Set<string>
}

/** External Secrets' templates know the value by the variable's name; JSON's quoting is YAML's, too. */
function placeholder(variable: string, template: FileTemplate | undefined): string {
  return template ? template.variable(variable) : `{{ .${variable} | toJson }}`
}

/** What stands for a value while the file is serialised: no serialiser quotes it, and nothing else looks like it. */
const markOf = (variable: string): string => `__SUNDIAL_${variable}__`

function withMarks(tree: ResolvedTree | undefined, found: Found): unknown {
  if (typeof tree !== 'object' || tree === null) return tree
  if (Array.isArray(tree)) return tree.map((item: ResolvedTree) => withMarks(item, found))
  if (isSecretLeaf(tree)) {
    const variable = variableOf(tree.secret)
    found.secrets[variable] = tree.secret
    return markOf(variable)
  }
  if (isVariableLeaf(tree)) {
    found.variables.add(tree.variable)
    return markOf(tree.variable)
  }
  return Object.fromEntries(Object.entries(tree).flatMap(([key, child]) => (child === undefined ? [] : [[key, withMarks(child, found)]])))
}

function isVariableLeaf(value: object): value is VariableLeaf {
  return 'variable' in value && Object.keys(value).length === 1
}

export function isSecretLeaf(value: unknown): value is SecretLeaf {
  return typeof value === 'object' && value !== null && 'secret' in value && typeof (value as SecretLeaf).secret === 'object' && Object.keys(value).length === 1
}

function variableOf({ name, key }: SecretLeaf['secret']): string {
  return `${SECRET_VARIABLE_PREFIX}${name}_${key}`.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
}

function write(content: unknown, format: ConfigFile['format']): string {
  if (format === 'json') return `${JSON.stringify(content, null, 2)}\n`
  if (format === 'lines') return `${(content as readonly string[]).join('\n')}\n`
  return dump(content, { lineWidth: -1, noRefs: true })
}

function templateOf({ program }: Workload): FileTemplate | undefined {
  return program.kind === 'released' ? programVersion(program.name, program.version).fileTemplate : undefined
}

/** A few characters that change with a text: names end with them, so that what is new has a new name. */
export function shortHash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 10)
}
