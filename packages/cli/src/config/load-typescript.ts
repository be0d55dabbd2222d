import { pathToFileURL } from 'node:url'
import { SundialError } from '@sundial/platform'
import { untilSettled } from './until-settled.ts'

/**
 * The default export of a `sundial.config.ts`.
 * @throws SundialError `SUN_CONFIG_UNREADABLE`
 */
export async function loadTypescript(configFile: string): Promise<unknown> {
  // Loaded here: it costs a third of a second, and `--help` needs none of it.
  const { tsImport } = await import('tsx/esm/api')
  let module: { default?: unknown }
  try {
    module = (await untilSettled(tsImport(pathToFileURL(configFile).href, import.meta.url), configFile)) as { default?: unknown }
  } catch (error) {
    if (error instanceof SundialError) throw error
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
