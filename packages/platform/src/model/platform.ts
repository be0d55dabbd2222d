import { z } from 'zod'
import { checkExternal } from './check-external.ts'
import { checkNames } from './check-names.ts'
import { DiagnosticsError, joinPath, splitPath, type Diagnostic } from './diagnostics.ts'
import { ENVIRONMENTS, type EnvironmentName, type PlatformInput } from './input.ts'
import { FEATURES, type FeatureName } from './features.ts'
import { diagnose } from './issues.ts'
import { merge } from './merge.ts'
import { isRecord } from './record.ts'
import { platformInput, platformSettings, type PlatformSettings } from './schema.ts'

/** The platform resolved for one environment. */
export interface Platform extends PlatformSettings {
  readonly environment: EnvironmentName
  /** What was switched on beyond the configuration. */
  readonly features: readonly FeatureName[]
}

/** Declares a platform: the default export of `sundial.config.ts`. Checks happen when it is used, all of them together. */
export function definePlatform(input: PlatformInput): PlatformInput {
  return input
}

export interface ResolveOptions {
  /** Laid over the settings of this one environment. */
  readonly features?: readonly FeatureName[]
  /** Problems that were found while the input was read: nothing more is said of their values. */
  readonly known?: readonly Diagnostic[]
}

/**
 * The platform of one environment. Every environment is checked, so that an error in production's settings shows on a laptop.
 * Throws a {@link DiagnosticsError} that lists every problem of all environments.
 */
export function resolvePlatform(input: unknown, environment: EnvironmentName, { features = [], known = [] }: ResolveOptions = {}): Platform {
  return resolveAll(input, { known, laid: new Map([[environment, features]]) }).get(environment)!
}

/** The platforms of all environments, checked once: see {@link resolvePlatform}. */
export function resolvePlatforms(input: unknown, { known = [] }: Pick<ResolveOptions, 'known'> = {}): ReadonlyMap<EnvironmentName, Platform> {
  return resolveAll(input, { known, laid: new Map() })
}

interface Resolving {
  readonly known: readonly Diagnostic[]
  readonly laid: ReadonlyMap<EnvironmentName, readonly FeatureName[]>
}

function resolveAll(input: unknown, { known, laid }: Resolving): Map<EnvironmentName, Platform> {
  const whole = platformInput.safeParse(input)
  const problems = whole.success ? [] : diagnose(whole.error.issues, input, keysOf(platformInput))
  const { environments = {}, ...common } = (isRecord(input) ? input : {}) as { environments?: Record<string, unknown> }
  problems.push(...checkExternal([common]))
  const resolved = new Map<EnvironmentName, Platform>()
  for (const name of ENVIRONMENTS) {
    const overlay = isRecord(environments) ? environments[name] : undefined
    const features = laid.get(name) ?? []
    const settings = features.reduce<unknown>((under, feature) => merge(under, FEATURES[feature].settings), merge(common, overlay))
    const result = platformSettings.safeParse(settings)
    if (result.success) resolved.set(name, { ...result.data, environment: name, features })
    const found = result.success ? [] : diagnose(result.error.issues, settings, keysOf(platformSettings))
    const all = [
      ...found,
      ...checkNames(settings),
      ...checkExternal([common, overlay]),
      ...features.flatMap((feature) => checkExternal([common, overlay, FEATURES[feature].settings])),
    ]
    for (const problem of all) problems.push(inOverlay(problem, { common, overlay, environment: name }))
  }
  const unsaid = problems.filter(({ path }) => !known.some((other) => isWithin(path, other.path)))
  const unique = [...new Map([...known, ...unsaid].map((problem) => [`${problem.path}\n${problem.message}`, problem])).values()]
  if (unique.length > 0) throw new DiagnosticsError('SUN_CONFIG_INVALID', 'The configuration', unique)
  return resolved
}

/** The keys that a configuration may have at its root. */
export function settingNames(): readonly string[] {
  return Object.keys(platformInput.shape)
}

/** JSON Schema (2020-12) of what a configuration may say, for editors. */
export function configSchema(): Record<string, unknown> {
  const options = { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' } as const
  const whole = z.toJSONSchema(platformInput, options) as { properties: Record<string, unknown> }
  const overlay = asOverlay(z.toJSONSchema(platformSettings, options))
  const environments = { type: 'object', additionalProperties: false, properties: Object.fromEntries(ENVIRONMENTS.map((name) => [name, overlay])) }
  const description = 'Partial platforms laid over the common one: objects are merged, everything else replaces.'
  return { ...whole, title: 'Sundial platform', properties: { ...whole.properties, environments: { ...environments, description } } }
}

interface Layers {
  readonly common: unknown
  readonly overlay: unknown
  readonly environment: EnvironmentName
}

/** A problem is shown where it was written: in the overlay if the overlay says it, or says more of the way to it than the common part. */
function inOverlay(problem: Diagnostic, { common, overlay, environment }: Layers): Diagnostic {
  const keys = splitPath(problem.path)
  const said = depthOf(overlay, keys)
  const isInOverlay = said === keys.length || said > depthOf(common, keys)
  return isInOverlay ? { ...problem, path: joinPath(['environments', environment, ...keys]) } : problem
}

/** How many keys of a path there are, one within the other. */
function depthOf(root: unknown, keys: readonly PropertyKey[]): number {
  let value = root
  for (const [index, key] of keys.entries()) {
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined
    if (value === undefined) return index
  }
  return keys.length
}

function isWithin(path: string, other: string): boolean {
  return path === other || (path.startsWith(other) && /^[.[]/.test(path.slice(other.length)))
}

/** The settings that a place of the schema knows. */
function keysOf(schema: z.ZodType): (path: readonly PropertyKey[]) => readonly string[] {
  return (path) => {
    let at: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    for (const key of path) {
      const { properties, additionalProperties, items } = at as { properties?: Record<string, unknown>; additionalProperties?: unknown; items?: unknown }
      at = objectOf(properties?.[String(key)] ?? (isRecord(additionalProperties) ? additionalProperties : items) ?? {})
    }
    const { properties = {}, propertyNames } = at as { properties?: object; propertyNames?: { enum?: string[] } }
    return propertyNames?.enum ?? Object.keys(properties)
  }
}

/** Of a choice, such as between an object and null, the object. */
function objectOf(schema: unknown): unknown {
  const choices = (schema as { anyOf?: unknown[] }).anyOf
  return choices?.find((choice) => isRecord(choice) && choice['type'] === 'object') ?? schema
}

/** What an overlay leaves out keeps its common value: nothing is required, and no default applies. */
function asOverlay(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asOverlay)
  if (!isRecord(schema)) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== 'required' && key !== 'default' && key !== '$schema')
      .map(([key, value]) => [key, asOverlay(value)]),
  )
}
