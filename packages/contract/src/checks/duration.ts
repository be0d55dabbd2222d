import { type Duration, toMilliseconds } from '../duration.ts'

/** Says what is wrong with a duration that limits something; nothing if it is not set. */
export function* checkDuration(path: string, duration: Duration | undefined): Generator<string, number | undefined> {
  if (duration === undefined) return undefined
  try {
    const milliseconds = toMilliseconds(duration)
    if (milliseconds > 0) return milliseconds
    yield `${path}: "${duration}" is no time at all; write more than 0, or leave it out where it is optional`
  } catch (error) {
    yield `${path}: ${(error as Error).message}`
  }
  return undefined
}
