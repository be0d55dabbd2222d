import { createSecretKey, type KeyObject } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Names the key that encrypts, in the folder of the keys. */
export const CURRENT = 'current'
const KEY_ID = /^[A-Za-z0-9][\w.-]{0,62}$/
/** AES-256. */
export const KEY_BYTES = 32

/** The order of ids: 10 comes after 9. */
export const byId = new Intl.Collator('en', { numeric: true }).compare

/** The keys of a folder. */
export interface KeySet {
  /** By id. */
  readonly keys: ReadonlyMap<string, KeyObject>
  /** The id of the key that encrypts. */
  readonly current: string
}

export interface KeyFiles {
  /** Nothing when there is any problem. */
  readonly set?: KeySet
  readonly problems: readonly string[]
}

/**
 * Reads a folder of keys: a file for each, named after its id, with 32 bytes in base64. The key whose id comes last encrypts (10 comes after 9),
 * unless a file `current` names another. Files that begin with a dot are no keys: Kubernetes has some in its volumes. A few small files, so it
 * does not give way to others meanwhile.
 */
export function readKeysSync(folder: string): KeyFiles {
  let names: string[]
  try {
    names = readdirSync(folder).filter((name) => !name.startsWith('.'))
  } catch (error) {
    return { problems: [`the folder cannot be read (${codeOf(error)}); check the path and its permissions`] }
  }
  const problems: string[] = []
  const keys = new Map<string, KeyObject>()
  for (const id of names.filter((name) => name !== CURRENT)) {
    const key = readKey(folder, id)
    if (typeof key === 'string') problems.push(key)
    else keys.set(id, key)
  }
  const last = [...keys.keys()].toSorted(byId).at(-1)
  const current = names.includes(CURRENT) ? readFileSync(join(folder, CURRENT), 'utf8').trim() : last
  if (last === undefined && problems.length === 0)
    problems.push('the folder has no key; write 32 random bytes in base64 into a file that is named after the key, such as 1')
  else if (current !== undefined && !keys.has(current))
    problems.push(`the file ${CURRENT} names the key "${current}", which is not there; the keys are ${[...keys.keys()].join(', ')}`)
  return problems.length > 0 || current === undefined ? { problems } : { set: { keys, current }, problems }
}

/** A key, or what is wrong with its file. */
function readKey(folder: string, id: string): KeyObject | string {
  if (!KEY_ID.test(id)) return `the name "${id}" is no key’s id; it has letters, digits and . _ -, at most 63, and begins with a letter or a digit`
  try {
    const bytes = Buffer.from(readFileSync(join(folder, id), 'utf8').trim(), 'base64')
    return bytes.length === KEY_BYTES ? createSecretKey(bytes) : `the key ${id} has ${bytes.length} bytes; it is ${KEY_BYTES} random bytes in base64`
  } catch (error) {
    return `the key ${id} cannot be read (${codeOf(error)}); check its permissions`
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error'
}
