import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SundialError } from '@sundial/platform'

/** The two forms of a configuration. */
const CONFIG_FILES = ['sundial.config.ts', 'sundial.config.yaml'] as const

export interface Project {
  /** Folder of the configuration. */
  readonly folder: string
  readonly configFile: string
}

/**
 * The project of a folder: the nearest one upwards that has a configuration.
 * @throws SundialError `SUN_CONFIG_NOT_FOUND`; `SUN_CONFIG_AMBIGUOUS` if it has one in each form
 */
export function findProject(from: string = process.cwd()): Project {
  for (let folder = from; ; folder = dirname(folder)) {
    const [configFile, second] = CONFIG_FILES.map((name) => join(folder, name)).filter((file) => existsSync(file))
    if (configFile !== undefined && second !== undefined) {
      throw new SundialError('SUN_CONFIG_AMBIGUOUS', `${folder} has both ${CONFIG_FILES.join(' and ')}`, {
        hint: 'Keep one of them: they are two forms of the same configuration.',
      })
    }
    if (configFile !== undefined) return { folder, configFile }
    if (dirname(folder) === folder) throw notFound(from)
  }
}

function notFound(from: string): SundialError {
  const misnamed = ['sundial.config.yml', 'sundial.config.js', 'sundial.config.json'].find((name) => existsSync(join(from, name)))
  return new SundialError('SUN_CONFIG_NOT_FOUND', `there is no ${CONFIG_FILES.join(' or ')} in ${from} or any folder above it`, {
    hint: misnamed
      ? `There is ${misnamed}: rename it to ${misnamed.endsWith('.js') ? CONFIG_FILES[0] : CONFIG_FILES[1]}.`
      : 'Go to the folder of your platform, or make one: its default export is definePlatform({ name: … }).',
  })
}
