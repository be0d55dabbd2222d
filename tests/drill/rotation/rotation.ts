import { setTimeout as delay } from 'node:timers/promises'
import { sundial } from '../../support/command.ts'
import { sharedPlatform } from '../../support/platform.ts'
import { logOf, newCertificate, newClientSecret, newEncryptionKey } from '../../support/rotate.ts'
import { Customer, type Failure } from './customer.ts'

export interface RotationOptions {
  readonly seconds: number
  /** How many customers order, one order after the other. */
  readonly customers: number
  /** Seconds between two rounds. A round replaces everything. */
  readonly everySeconds: number
  /** Where the platform's project and its state are. */
  readonly project: string
  readonly stateRoot: string
  readonly onProgress: (line: string) => void
}

export interface RotationResult {
  readonly seconds: number
  readonly rounds: number
  readonly orders: number
  readonly requests: number
  readonly failures: readonly Failure[]
  /** Orders of each round, which were read again at the end by a worker that has just started. */
  readonly witnesses: number
  readonly unreadable: readonly string[]
  /** How often each process took up each thing, by its own log; tokens by that of the provider. */
  readonly taken: Readonly<Record<string, Taken>>
}
export interface Taken {
  readonly certificates: number
  readonly encryptionKeys: number
  /** Tokens that the provider gave it. */
  readonly tokens: number
  /** Secrets that it showed the provider for the first time. */
  readonly clientSecrets: number
}

const PROCESSES = ['orders-worker', 'orders-api']
const SHOP = 'orders-shop'
const SCOPES = 'orders:read orders:write orders:approve'
/** A token of the shop is used this long, in milliseconds: they live a minute. */
const TOKEN_MS = 20_000

/** Replaces the certificates, client secrets and encryption key of worker and API, and the secret of their caller, again and again while orders run. */
export async function rotation({ seconds, customers, everySeconds, project, stateRoot, onProgress }: RotationOptions): Promise<RotationResult> {
  const began = performance.now()
  const elapsed = () => Math.round((performance.now() - began) / 1000)
  const bearer = shopTokens()
  const all = Array.from({ length: customers }, () => new Customer(bearer))
  const over = new AbortController()
  const done: string[] = []
  const load = all.map(async (customer) => {
    while (!over.signal.aborted) {
      const orderId = await customer.buy()
      if (orderId !== undefined) done.push(orderId)
    }
  })
  const witnesses: string[] = []
  let rounds = 0
  while (elapsed() < seconds) {
    const before = done.length
    for (const name of [...PROCESSES, SHOP]) await newClientSecret(name)
    for (const name of PROCESSES) await newCertificate(name)
    await newEncryptionKey(++rounds + 1)
    await delay(everySeconds * 1000)
    if (done.length > before) witnesses.push(done.at(-1)!)
    onProgress(`${elapsed()} s · ${rounds} rounds · ${done.length} orders · ${all.flatMap(({ failures }) => failures).length} failures`)
  }
  over.abort()
  await Promise.all(load)
  // Who has just started has nothing in memory, and only the newest key is the one to encrypt with.
  const restarted = await sundial(['restart', 'orders-worker'], { stateRoot, cwd: project })
  if (restarted.code !== 0) throw new Error(`the worker did not start again:\n${restarted.stderr}`)
  const reader = new Customer(bearer)
  const unreadable: string[] = []
  for (const orderId of witnesses) if (!(await reader.isReadable(orderId))) unreadable.push(orderId)
  return {
    seconds: elapsed(),
    rounds,
    orders: done.length,
    requests: [...all, reader].reduce((sum, { requests }) => sum + requests, 0),
    failures: [...all, reader].flatMap(({ failures }) => failures),
    witnesses: witnesses.length,
    unreadable,
    taken: Object.fromEntries(await Promise.all(PROCESSES.map(async (name) => [name, await takenBy(name)] as const))),
  }
}

/** Tokens as a caller of the API has them: a new one well before the old one ends, with the secret of that moment. */
function shopTokens(): () => Promise<string> {
  let token: Promise<string> | undefined
  let since = -Infinity
  return () => {
    if (performance.now() - since > TOKEN_MS) {
      since = performance.now()
      token = sharedPlatform().tokenOf(SHOP, SCOPES)
    }
    return token!
  }
}

async function takenBy(name: string): Promise<Taken> {
  const [own, provider] = [
    await logOf(name),
    (await logOf('identity'))
      .split('\n')
      .filter((line) => line.includes(`"${name}"`))
      .join('\n'),
  ]
  const count = (log: string, words: string) => log.split(words).length - 1
  return {
    certificates: count(own, 'the certificates for Temporal were replaced'),
    encryptionKeys: count(own, 'payloads are encrypted with another key'),
    tokens: count(provider, 'token issued'),
    clientSecrets: count(provider, 'the secret of a client was replaced'),
  }
}
