import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { bearerToken, challengeOf, type Challenge } from './challenge.ts'
import { basicAuthorization, loginFor, type Login } from './credentials.ts'
import { apiHost, type ImageName } from './image-name.ts'

export interface RegistryOptions {
  /** Registries that are asked without TLS: on this machine only. @default false */
  readonly insecure?: boolean
  /** Where logins are. @default process.env */
  readonly env?: NodeJS.ProcessEnv
  /** Milliseconds for one answer. @default 20000 */
  readonly timeoutMs?: number
  /** Milliseconds before the second try; each further one waits twice as long. @default 500 */
  readonly retryMs?: number
  readonly signal?: AbortSignal
}

/** An index of several architectures comes before the manifest of one: it is what each node finds its own by. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')
const TRIES = 4
const LONGEST_PAUSE_MS = 30_000
const DIGEST = /^sha256:[0-9a-f]{64}$/

/** Asks registries by the OCI distribution API. It keeps tokens, so one serves many images of a registry. */
export class Registries {
  readonly #options: RegistryOptions
  readonly #tokens = new Map<string, string>()
  readonly #logins = new Map<string, Promise<Login | undefined>>()

  constructor(options: RegistryOptions = {}) {
    this.#options = options
  }

  /**
   * The digest that a tag has now. Asking for the head of the manifest is not counted as a pull.
   * @throws Error with what the registry said
   */
  async digest(image: ImageName): Promise<string> {
    const path = `/v2/${image.repository}/manifests/${image.digest ?? image.tag ?? 'latest'}`
    const head = await this.#ask('HEAD', path, image)
    const said = head.headers.get('docker-content-digest')
    if (said !== null && DIGEST.test(said)) return said
    // The standard does not ask registries to say it: it is the checksum of what they give.
    const body = Buffer.from(await (await this.#ask('GET', path, image)).arrayBuffer())
    return `sha256:${createHash('sha256').update(body).digest('hex')}`
  }

  async #ask(method: 'HEAD' | 'GET', path: string, image: ImageName): Promise<Response> {
    const url = `${this.#options.insecure ? 'http' : 'https'}://${apiHost(image.registry)}${path}`
    const key = `${image.registry}/${image.repository}`
    const first = await this.#request(url, method, this.#tokens.get(key))
    if (first.status !== 401) return accepted(first, url)
    const challenge = challengeOf(first)
    if (!challenge) throw new Error(`${url}: the registry asks for a login, and does not say which`)
    const authorization = await this.#authorization(challenge, image)
    this.#tokens.set(key, authorization)
    return accepted(await this.#request(url, method, authorization), url)
  }

  async #authorization(challenge: Challenge, image: ImageName): Promise<string> {
    const login = await this.#login(image.registry)
    if (challenge.scheme === 'bearer')
      return `Bearer ${await bearerToken(challenge, { image, login, request: (url, authorization) => this.#request(url, 'GET', authorization) })}`
    if (!login) throw new Error(`${image.registry} asks for a login: log in with \`docker login ${image.registry}\``)
    return basicAuthorization(login)
  }

  #login(registry: string): Promise<Login | undefined> {
    const known = this.#logins.get(registry) ?? loginFor(registry, this.#options.env)
    this.#logins.set(registry, known)
    return known
  }

  /** Tries again what may be better soon: no answer, too many requests, a registry in trouble. */
  async #request(url: string, method: string, authorization?: string): Promise<Response> {
    const { timeoutMs = 20_000, retryMs = 500, signal } = this.#options
    for (let attempt = 1; ; attempt++) {
      const limit = AbortSignal.timeout(timeoutMs)
      const response = await fetch(url, {
        method,
        headers: { accept: MANIFESTS, ...(authorization !== undefined && { authorization }) },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      }).catch((error: Error) => error)
      signal?.throwIfAborted()
      const again = response instanceof Error || response.status === 429 || response.status >= 500
      if (!again) return response
      if (attempt === TRIES) {
        if (response instanceof Error) throw new Error(`${url}: ${reason(response)}`, { cause: response })
        return response
      }
      const asked = response instanceof Error ? NaN : Number(response.headers.get('retry-after') ?? NaN) * 1000
      await pause(Math.min(Number.isNaN(asked) ? retryMs * 2 ** (attempt - 1) : asked, LONGEST_PAUSE_MS), undefined, signal && { signal })
    }
  }
}

function accepted(response: Response, url: string): Response {
  if (response.ok) return response
  if (response.status === 404) throw new Error(`${url}: there is no such image or tag`)
  if (response.status === 401 || response.status === 403) throw new Error(`${url}: the registry does not let this login see it (HTTP ${response.status})`)
  throw new Error(`${url}: HTTP ${response.status} ${response.statusText}`)
}

/** `fetch` says "fetch failed", and what happened is in the cause. */
function reason(error: Error): string {
  return error.cause instanceof Error ? error.cause.message || String((error.cause as NodeJS.ErrnoException).code) : error.message
}
