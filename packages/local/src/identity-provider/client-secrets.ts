import { createHash, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { LoadedConfiguration } from './read-configuration.ts'

/** How long a secret that was replaced is still taken, in milliseconds: long enough for a program that has to be restarted for the new one. */
const GRACE_MS = 600_000
export const SHORTEST_SECRET = 16

interface Secrets {
  readonly file: string
  current: Buffer
  /** Those that were replaced, and until when each is taken, in milliseconds of the process's own clock. */
  readonly replaced: { readonly digest: Buffer; readonly until: number }[]
}

/**
 * The secrets of clients, which are replaced in their files while the provider runs: the new one holds from the next request on, and the old one for ten
 * minutes more. So it does not matter who reads the file first. A file that cannot be read, or has too short a secret, changes nothing.
 */
export class ClientSecrets {
  readonly #clients: ReadonlyMap<string, Secrets>
  readonly #logger: Logger

  constructor(clients: LoadedConfiguration['clients'], logger: Logger) {
    this.#clients = new Map(clients.map(({ id, secretFile, secret }) => [id, { file: secretFile, current: digestOf(secret), replaced: [] }]))
    this.#logger = logger
  }

  /** Whether this is the secret of the client, or was it a short time ago. */
  async accepts(id: string, given: string): Promise<boolean> {
    const secrets = this.#clients.get(id)
    if (!secrets) return false
    await this.#look(id, secrets)
    const digest = digestOf(given)
    const now = performance.now()
    return [secrets.current, ...secrets.replaced.flatMap((old) => (now < old.until ? [old.digest] : []))].some((known) => timingSafeEqual(known, digest))
  }

  async #look(client: string, secrets: Secrets): Promise<void> {
    const text = await readFile(secrets.file, 'utf8').catch((error: Error) => error)
    if (text instanceof Error || text.trimEnd().length < SHORTEST_SECRET) {
      const reason = text instanceof Error ? text.message : `${secrets.file} holds fewer than ${SHORTEST_SECRET} characters`
      return this.#logger.warn({ client, reason }, 'the secret of a client cannot be read; the last one holds')
    }
    const now = digestOf(text.trimEnd())
    if (now.equals(secrets.current)) return
    secrets.replaced.push({ digest: secrets.current, until: performance.now() + GRACE_MS })
    secrets.current = now
    this.#logger.info({ client }, 'the secret of a client was replaced')
  }
}

/** Of equal lengths, so that they can be compared in equal times. */
function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
