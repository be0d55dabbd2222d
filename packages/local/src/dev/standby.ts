import type { PreparedProcess } from '../supervisor/index.ts'
import { STANDBY_MODULES } from './standby-modules.ts'

const PRELOAD = new URL('./standby-preload.js', import.meta.url).href

/**
 * Makes of a Node process one that loads installed packages, which take most of its start, and then waits until it is told to go on. Only then
 * does it load the project's own modules: they are those of the newest build.
 */
export function standby(prepared: PreparedProcess, modules: readonly string[]): PreparedProcess {
  return { ...prepared, args: ['--import', PRELOAD, ...prepared.args], env: { ...prepared.env, [STANDBY_MODULES]: JSON.stringify(modules) } }
}
