import { SundialError } from '@sundial/platform/errors'
import { z } from 'zod'

/** The file beside the configuration that says which content each image has. */
export const LOCK_FILE = 'images.lock.json'

const lockFile = z.strictObject({
  images: z.record(z.string().min(1), z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be a digest: sha256: and 64 hexadecimal digits')),
})

/** @throws SundialError `SUN_CONFIG_INVALID` */
export function parseLock(text: string): Readonly<Record<string, string>> {
  const hint = `Make it again: remove ${LOCK_FILE}, then ./sundial images lock`
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw new SundialError('SUN_CONFIG_INVALID', `${LOCK_FILE} is not JSON: ${(error as Error).message}`, { hint, cause: error })
  }
  const { data, error } = lockFile.safeParse(content)
  if (data) return data.images
  const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  throw new SundialError('SUN_CONFIG_INVALID', `${LOCK_FILE} is not as ./sundial images lock writes it:\n${problems.join('\n')}`, { hint })
}

/** Sorted, and without the time: the same digests are the same text. */
export function lockText(digests: Readonly<Record<string, string>>): string {
  const images = Object.fromEntries(Object.entries(digests).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ images }, undefined, 2)}\n`
}

/** How a lock fits to the images that are wanted. */
export interface LockProblems {
  /** Wanted, and not locked. */
  readonly missing: readonly string[]
  /** Locked, and wanted by nobody. */
  readonly stale: readonly string[]
}

export function lockProblems(wanted: readonly string[], digests: Readonly<Record<string, string>>): LockProblems {
  const names = new Set(wanted)
  return {
    missing: [...names].filter((image) => digests[image] === undefined && !image.includes('@')).toSorted(),
    stale: Object.keys(digests)
      .filter((image) => !names.has(image))
      .toSorted(),
  }
}
