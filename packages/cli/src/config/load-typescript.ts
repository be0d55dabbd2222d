import { relative, resolve } from 'node:path'
import type { BuildFailure, Message } from 'esbuild'
import { SundialError } from '@sundial/platform'
import { bundleTypescript } from './bundle-typescript.ts'
import { untilSettled } from './until-settled.ts'

/**
 * The default export of a `sundial.config.ts`.
 * @throws SundialError `SUN_CONFIG_UNREADABLE`
 */
export async function loadTypescript(configFile: string): Promise<unknown> {
  const module = await load(configFile)
  if (module.default === undefined) {
    throw new SundialError('SUN_CONFIG_UNREADABLE', `${configFile} has no default export`, { hint: 'Write: export default definePlatform({ name: … })' })
  }
  return module.default
}

async function load(configFile: string): Promise<{ default?: unknown }> {
  try {
    const code = await bundleTypescript(configFile)
    return (await untilSettled(import(`data:text/javascript,${encodeURIComponent(code)}`), configFile)) as { default?: unknown }
  } catch (error) {
    if (error instanceof SundialError) throw error
    const why = isBuildFailure(error)
      ? error.errors.map((message) => describe(message, configFile)).join('\n')
      : error instanceof Error
        ? error.message
        : String(error)
    throw new SundialError('SUN_CONFIG_UNREADABLE', `${configFile} could not be loaded: ${why}`, {
      hint: 'Correct the file. If it imports a module that is built, build it first: npm run build',
      cause: error,
    })
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}

/** With its place as messages show it: seen from the working folder. */
function describe({ text, location }: Message, configFile: string): string {
  if (!location) return text
  const file = relative(process.cwd(), resolve(configFile, '..', location.file))
  return `${text} (${file}:${location.line}:${location.column + 1})`
}
