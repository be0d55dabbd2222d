import { randomBytes } from 'node:crypto'
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CodecError } from './errors.ts'
import { byId, CURRENT, KEY_BYTES, readKeysSync } from './key-files.ts'

/** The key that a folder got, and the one that it had. */
export interface AddedKey {
  /** Encrypts from now on. */
  readonly id: string
  /** Encrypted until now, and still decrypts. */
  readonly previous: string
}

/**
 * Adds a key to a folder, with which payloads are encrypted from then on: `2` after `1`. All others stay, and decrypt. Whoever reads the folder at this
 * moment sees all of the new key or nothing of it.
 * @throws CodecError that lists what is wrong with the folder
 */
export function addKey(folder: string): AddedKey {
  const { set, problems } = readKeysSync(folder)
  if (!set) throw new CodecError(`the keys in ${folder} cannot be used: ${problems.join('; ')}`)
  const id = after([...set.keys.keys()].toSorted(byId).at(-1) ?? '0')
  write(folder, id, randomBytes(KEY_BYTES).toString('base64'))
  if (existsSync(join(folder, CURRENT))) write(folder, CURRENT, id)
  return { id, previous: set.current }
}

/** The next id in order. */
function after(last: string): string {
  const [, name = last, number = '1'] = /^(.*?)(\d+)$/.exec(last) ?? []
  return `${name}${BigInt(number) + 1n}`
}

/** A name that begins with a dot is no key's: nobody encrypts with one that is gone a moment later. */
function write(folder: string, name: string, content: string): void {
  const unfinished = join(folder, `.${name}.new`)
  writeFileSync(unfinished, `${content}\n`, { mode: 0o600 })
  renameSync(unfinished, join(folder, name))
}
