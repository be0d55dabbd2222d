import { join, resolve } from 'node:path'
import { SundialError } from '@sundial/platform/errors'

/** Where everything of one environment on this machine is kept. */
export interface StateFolder {
  readonly environment: string
  readonly root: string
  /** One file a generated secret. */
  readonly secrets: string
  /** Roots, leaf certificates and their keys. */
  readonly certificates: string
  /** Configuration files, written at each start. */
  readonly config: string
  /** What the programs store. Losing it loses the platform's data. */
  readonly data: string
  readonly logs: string
  /** What is true of the running platform only: the lock, addresses. */
  readonly run: string
}

/**
 * The folders of an environment: `<project>/.sundial/<environment>/`, or below SUNDIAL_STATE where that is set, seen from the project. Nothing is made.
 * @param project folder of the `sundial.config.ts`
 * @param stateRoot what is set instead of SUNDIAL_STATE
 * @throws SundialError if the environment's name cannot be that of a folder
 */
export function stateFolder(project: string, environment: string, stateRoot = process.env['SUNDIAL_STATE']): StateFolder {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(environment)) {
    throw new SundialError('SUN_UNKNOWN_NAME', `"${environment}" cannot be the name of an environment`, { hint: 'Use lower case letters, digits and dashes.' })
  }
  const root = join(resolve(project, stateRoot || '.sundial'), environment)
  const inside = (name: string) => join(root, name)
  return {
    environment,
    root,
    secrets: inside('secrets'),
    certificates: inside('certificates'),
    config: inside('config'),
    data: inside('data'),
    logs: inside('logs'),
    run: inside('run'),
  }
}
