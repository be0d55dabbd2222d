import {
  type Diagnostic,
  DiagnosticsError,
  ENVIRONMENTS,
  type EnvironmentName,
  type FeatureName,
  type Location,
  type Platform,
  resolvePlatform,
  resolvePlatforms,
  settingNames,
  splitPath,
} from '@sundial/platform'
import { makePlan } from '@sundial/platform/plan'
import type { Plan } from '@sundial/platform/model'
import type { LoadedConfig } from './load-config.ts'
import { lineAndColumn, nearest, type SourceNode } from './source-tree.ts'

interface PlanOptions {
  /** What is switched on beyond the configuration. */
  readonly features?: readonly FeatureName[]
  /** Made to the platform first. */
  readonly change?: (platform: Platform) => Platform
}

/**
 * What the platform of one environment is made of.
 * @throws DiagnosticsError whose problems have their place in the file
 */
export async function planOf(
  config: LoadedConfig,
  environment: EnvironmentName,
  { features, change = (platform) => platform }: PlanOptions = {},
): Promise<Plan> {
  const make = () => makePlan(change(resolvePlatform(config.input, environment, { known: config.problems, ...(features && { features }) })))
  return await located(config, environment, make)
}

/** The plans of several environments, of a configuration that is checked once. Problems are told as {@link planOf} does. */
export async function plansOf(config: LoadedConfig, environments: readonly EnvironmentName[]): Promise<Plan[]> {
  const [first = 'development'] = environments
  const platforms = await located(config, first, () => resolvePlatforms(config.input, { known: config.problems }))
  return await Promise.all(environments.map(async (environment) => located(config, environment, () => makePlan(platforms.get(environment)!))))
}

async function located<T>(config: LoadedConfig, environment: EnvironmentName, make: () => T): Promise<T> {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error
    const tree = await config.tree().catch(() => undefined)
    throw tree ? error.located((diagnostic) => locate({ config, tree, environment }, diagnostic)) : error
  }
}

interface Source {
  readonly config: LoadedConfig
  readonly tree: SourceNode
  readonly environment: EnvironmentName
}

/** Nothing for paths that begin with the name of a part of the platform and not with a setting. */
function locate({ config, tree, environment }: Source, { path, about }: Diagnostic): Location | undefined {
  const keys = splitPath(path)
  const isSetting = about === 'key' || keys.length === 0 || settingNames().includes(String(keys[0]))
  if (!isSetting) return undefined
  const common = nearest(tree, keys)
  // What the plan finds is said of the settings as they are in one environment.
  const overlay = nearest(tree, ['environments', environment, ...keys])
  const { node, depth } = overlay.depth - 2 > common.depth || overlay.depth === keys.length + 2 ? overlay : common
  const offset = about === 'key' && depth >= keys.length ? node.keyOffset : node.offset
  return { file: config.file, ...lineAndColumn(config.text, offset) }
}

/** A problem, and the environments that have it; none: all have it. */
export interface EnvironmentProblem extends Diagnostic {
  readonly environments: readonly EnvironmentName[]
}

/** Everything that is wrong with a configuration, in all environments. */
export async function problemsOf(config: LoadedConfig): Promise<EnvironmentProblem[]> {
  const problems = new Map<string, EnvironmentProblem>()
  for (const environment of ENVIRONMENTS) {
    try {
      await planOf(config, environment)
    } catch (error) {
      if (!(error instanceof DiagnosticsError)) throw error
      // Settings are checked for all environments at once.
      if (error.code === 'SUN_CONFIG_INVALID') return error.diagnostics.map((diagnostic) => ({ ...diagnostic, environments: [] }))
      for (const diagnostic of error.diagnostics) {
        const key = JSON.stringify(diagnostic)
        problems.set(key, { ...diagnostic, environments: [...(problems.get(key)?.environments ?? []), environment] })
      }
    }
  }
  return [...problems.values()]
}
