import { SundialError } from '@sundial/platform'

/** A module that does more than to say what it is, milliseconds. */
const LIMIT_MS = 30_000

/**
 * Waits for a module that is being loaded. One that awaits something which never comes would end the process without a word, since
 * nothing is left to do.
 * @throws SundialError `SUN_CONFIG_UNREADABLE`
 */
export async function untilSettled<T>(loading: Promise<T>, file: string, limitMs: number = LIMIT_MS): Promise<T> {
  let stop = (): void => undefined
  const stuck = new Promise<never>((_, reject) => {
    const fail = (why: string): void =>
      reject(
        new SundialError('SUN_CONFIG_UNREADABLE', `${file} does not finish loading: ${why}`, {
          hint: 'Look for an "await" at the top level of the file, or of a module that it imports.',
        }),
      )
    const onIdle = (): void => fail('it awaits something that never comes')
    const timer = setTimeout(() => fail(`it still waits after ${limitMs / 1000} s`), limitMs).unref()
    process.once('beforeExit', onIdle)
    stop = () => {
      clearTimeout(timer)
      process.off('beforeExit', onIdle)
    }
  })
  return Promise.race([loading, stuck]).finally(stop)
}
