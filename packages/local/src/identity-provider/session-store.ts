import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Adapter, AdapterPayload } from 'oidc-provider'
import { writeFileAtomically } from '../state/private-files.ts'
import { ConfigurationError } from './configuration-error.ts'

interface Entry {
  payload: AdapterPayload
  /** Milliseconds since 1970; null never expires. */
  expiresAt: number | null
}

/** What outlives a restart. The rest (codes, sign-ins under way) lives for minutes. */
const DURABLE = /^(Session|Grant|RefreshToken):/
/** Anybody on this machine can begin a sign-in, so the store has a limit: the oldest entries go first. */
const LIMIT = 10_000

/** Sessions, grants and refresh tokens, in memory and in a file that only its owner can read. */
export class SessionStore {
  readonly #entries: Map<string, Entry>
  readonly #file: string | undefined
  readonly #onError: (error: unknown) => void
  #saving: Promise<void> = Promise.resolve()
  #dirty = false

  /** `onError` hears of a write that failed; the store works on. A file that is not one of sessions throws: deleting it is for its owner to do. */
  constructor(file: string | undefined, onError: (error: unknown) => void) {
    this.#file = file
    this.#onError = onError
    this.#entries = new Map(file === undefined ? [] : load(file))
  }

  /** The store of one of the provider's models. */
  adapter(model: string): Adapter {
    const key = (id: string): string => `${model}:${id}`
    return {
      upsert: async (id, payload, expiresIn) =>
        await this.#set(key(id), { payload, expiresAt: expiresIn === undefined ? null : Date.now() + expiresIn * 1000 }),
      find: async (id) => this.#get(key(id)),
      findByUid: async (uid) => this.#find(`${model}:`, (payload) => payload.uid === uid),
      findByUserCode: async (code) => this.#find(`${model}:`, (payload) => payload.userCode === code),
      destroy: async (id) => await this.#delete(key(id)),
      consume: async (id) => {
        const entry = this.#entries.get(key(id))
        if (entry) await this.#set(key(id), { ...entry, payload: { ...entry.payload, consumed: Math.floor(Date.now() / 1000) } })
      },
      revokeByGrantId: async (grantId) => {
        const members = [...this.#entries].filter(([, { payload }]) => payload.grantId === grantId)
        await Promise.all(members.map(([each]) => this.#delete(each)))
      },
    }
  }

  /** Resolves when no write is under way. */
  async saved(): Promise<void> {
    await this.#saving
  }

  #get(key: string): AdapterPayload | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || !expired(entry)) return entry?.payload
    this.#entries.delete(key)
    return undefined
  }

  #find(prefix: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, entry] of this.#entries) if (key.startsWith(prefix) && matches(entry.payload)) return this.#get(key)
    return undefined
  }

  /** What was answered to a client outlives this process, so the answer waits until it is in the file. */
  async #set(key: string, entry: Entry): Promise<void> {
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    if (this.#entries.size > LIMIT) this.#shrink()
    if (DURABLE.test(key)) await this.#save()
  }

  async #delete(key: string): Promise<void> {
    if (this.#entries.delete(key) && DURABLE.test(key)) await this.#save()
  }

  #shrink(): void {
    for (const [key, entry] of this.#entries) if (expired(entry)) this.#entries.delete(key)
    // A sign-in that was begun and not finished goes before a session.
    const excess = this.#entries.size - 0.9 * LIMIT
    const oldest = [...this.#entries.keys()].sort((a, b) => Number(DURABLE.test(a)) - Number(DURABLE.test(b)))
    for (const key of oldest.slice(0, Math.max(0, excess))) this.#entries.delete(key)
  }

  /** Changes that come while a write is under way are written together after it. */
  async #save(): Promise<void> {
    const file = this.#file
    if (file === undefined || this.#dirty) return await this.#saving
    this.#dirty = true
    const write = async (): Promise<void> => {
      this.#dirty = false
      const entries = [...this.#entries].filter(([key, entry]) => DURABLE.test(key) && !expired(entry))
      await writeFileAtomically(file, JSON.stringify(entries))
    }
    this.#saving = this.#saving.then(write).catch(this.#onError)
    await this.#saving
  }
}

function expired(entry: Entry): boolean {
  return entry.expiresAt !== null && entry.expiresAt <= Date.now()
}

function load(file: string): [string, Entry][] {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  try {
    return (JSON.parse(text) as [string, Entry][]).filter(([, entry]) => !expired(entry))
  } catch {
    throw new ConfigurationError(file, ['it is not a file of sessions; delete it to start anew, which signs everybody out'])
  }
}
