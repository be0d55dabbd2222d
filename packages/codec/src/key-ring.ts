import type { KeyObject } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@sundial/runtime'
import { CodecError } from './errors.ts'
import { type KeySet, readKeysSync } from './key-files.ts'

export interface KeyRingOptions {
  /** Hears of changes, and of files that are of no use. */
  readonly logger: Logger
  /** Milliseconds after which the folder is looked at again when a key is asked for. @default 5000 */
  readonly lookEveryMs?: number
}

export interface Key {
  readonly id: string
  readonly key: KeyObject
}

const LOOK_EVERY_MS = 5000
/** When a key is not there, the folder is read again this long after the last time, in milliseconds. */
const LOOK_AGAIN_MS = 250

/**
 * The keys of a folder, which is read again while the program runs: a file for each key, named after its id, with 32 bytes in base64. The key
 * whose id comes last encrypts, unless a file `current` names another; all of them decrypt. A folder that becomes useless does not take away what is known.
 */
export class KeyRing {
  readonly #folder: string
  readonly #logger: Logger
  readonly #lookEveryMs: number
  #set: KeySet
  #readAt = performance.now()
  /** So that trouble is told once. */
  #trouble = ''

  private constructor(folder: string, set: KeySet, { logger, lookEveryMs = LOOK_EVERY_MS }: KeyRingOptions) {
    this.#folder = folder
    this.#set = set
    this.#logger = logger
    this.#lookEveryMs = lookEveryMs
  }

  /** Rejects with a {@link CodecError} that lists what is wrong with the folder. */
  static async open(folder: string, options: KeyRingOptions): Promise<KeyRing> {
    const { set, problems } = readKeysSync(folder)
    if (!set) throw new CodecError(`the keys in ${folder} cannot be used: ${problems.join('; ')}`)
    return new KeyRing(folder, set, options)
  }

  /** The key to encrypt with. */
  current(): Key {
    this.#look(this.#lookEveryMs)
    const { current, keys } = this.#set
    return { id: current, key: keys.get(current)! }
  }

  /** The key with an id, which somebody else may have begun to use a moment ago. Nothing if there is none. */
  async find(id: string): Promise<KeyObject | undefined> {
    this.#look(this.#lookEveryMs)
    if (!this.#set.keys.has(id)) {
      await delay(Math.max(0, this.#readAt + LOOK_AGAIN_MS - performance.now()))
      this.#look(0)
    }
    return this.#set.keys.get(id)
  }

  #look(olderThanMs: number): void {
    if (olderThanMs > 0 && performance.now() - this.#readAt < olderThanMs) return
    this.#readAt = performance.now()
    const { set, problems } = readKeysSync(this.#folder)
    const trouble = problems.join('; ')
    if (trouble !== '' && trouble !== this.#trouble) this.#logger.error({ folder: this.#folder, reason: trouble }, 'the keys for payloads cannot be read again')
    this.#trouble = trouble
    if (!set) return
    if (set.current !== this.#set.current) this.#logger.info({ keyId: set.current }, 'payloads are encrypted with another key')
    this.#set = set
  }
}
