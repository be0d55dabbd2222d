import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ENVIRONMENTS, resolvePlatform, suggest, SundialError, type EnvironmentName, type Platform } from '@sundial/platform'

const CONFIG_FILE = 'sundial.config.ts'

export interface Project {
  /** Folder of the configuration. */
  readonly folder: string
  readonly configFile: string
}

/** The project of a folder: the nearest one upwards that has a configuration. */
export function findProject(from: string = process.cwd()): Project {
  for (let folder = from; ; folder = dirname(folder)) {
    const configFile = join(folder, CONFIG_FILE)
    if (existsSync(configFile)) return { folder, configFile }
    if (dirname(folder) === folder) {
      throw new SundialError('SUN_CONFIG_NOT_FOUND', `there is no ${CONFIG_FILE} in ${from} or any folder above it`, {
        hint: 'Go to the folder of your platform, or make one: its default export is definePlatform({ name: … }).',
      })
    }
  }
}

export function environmentName(text: string): EnvironmentName {
  const known = ENVIRONMENTS.find((name) => name === text)
  if (known) return known
  const hint = suggest(text, ENVIRONMENTS)
  throw new SundialError('SUN_UNKNOWN_NAME', `"${text}" is not an environment; known: ${ENVIRONMENTS.join(', ')}`, { hint: hint ?? 'Use one of these.' })
}

/** Loads, checks and resolves the project's configuration for one environment. */
export async function loadPlatform(project: Project, environment: EnvironmentName): Promise<Platform> {
  return resolvePlatform(await loadInput(project), environment)
}

async function loadInput({ configFile }: Project): Promise<unknown> {
  // Loaded here: it costs a third of a second, and `--help` needs none of it.
  const { tsImport } = await import('tsx/esm/api')
  let module: { default?: unknown }
  try {
    module = (await tsImport(pathToFileURL(configFile).href, import.meta.url)) as { default?: unknown }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new SundialError('SUN_CONFIG_UNREADABLE', `${configFile} could not be loaded: ${message}`, {
      hint: 'Correct the file. If it imports a module that is built, build it first: npm run build',
      cause: error,
    })
  }
  // Outside a package of type "module" the file is loaded as CommonJS, and its exports are one level down.
  const input = isCommonJs(module.default) ? module.default.default : module.default
  if (input === undefined) {
    throw new SundialError('SUN_CONFIG_UNREADABLE', `${configFile} has no default export`, { hint: 'Write: export default definePlatform({ name: … })' })
  }
  return input
}

function isCommonJs(value: unknown): value is { default?: unknown } {
  return typeof value === 'object' && value !== null && '__esModule' in value
}
