import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface FetchOptions {
  readonly signal: AbortSignal
  /** To the first byte of the answer, milliseconds. */
  readonly connectTimeoutMs: number
  /** Between two pieces of the answer, milliseconds. */
  readonly stallTimeoutMs: number
  onProgress?(doneBytes: number, totalBytes: number | undefined): void
}

/** How often progress is told, milliseconds. */
const PROGRESS_MS = 500

/** The text at an address. */
export async function fetchText(url: string, options: FetchOptions): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of download(url, options)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

export interface FetchFileOptions extends FetchOptions {
  readonly algorithm: 'sha256' | 'sha512'
}

/** Writes what is at an address to a file. @returns its checksum, hexadecimal */
export async function fetchFile(url: string, path: string, options: FetchFileOptions): Promise<string> {
  const hash = createHash(options.algorithm)
  const digest = new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      hash.update(piece)
      done(null, piece)
    },
  })
  await pipeline(download(url, options), digest, createWriteStream(path))
  return hash.digest('hex')
}

/** The pieces of an answer, with a watch over each wait. */
async function* download(url: string, options: FetchOptions): AsyncGenerator<Uint8Array> {
  const watch = new AbortController()
  const limit = (ms: number, what: string) => setTimeout(() => watch.abort(new Error(`${url}: ${what} for ${ms} ms`)), ms)
  let timer = limit(options.connectTimeoutMs, 'no answer')
  try {
    const response = await fetch(url, { signal: AbortSignal.any([options.signal, watch.signal]), redirect: 'follow' })
    if (!response.ok || !response.body) throw new Error(`${url}: HTTP ${response.status} ${response.statusText}`)
    const length = Number(response.headers.get('content-length'))
    // A compressed answer is longer when read than it says.
    const total = response.headers.has('content-encoding') || !(length > 0) ? undefined : length
    let done = 0
    let told = 0
    clearTimeout(timer)
    timer = limit(options.stallTimeoutMs, 'nothing more came')
    for await (const piece of response.body) {
      timer.refresh()
      done += piece.byteLength
      if (performance.now() - told >= PROGRESS_MS || done === total) options.onProgress?.(done, total)
      if (performance.now() - told >= PROGRESS_MS) told = performance.now()
      yield piece
    }
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason
    if (watch.signal.aborted) throw watch.signal.reason
    throw explain(url, error)
  } finally {
    clearTimeout(timer)
  }
}

/** `fetch` says "fetch failed" or "terminated", and what happened is in the cause. */
function explain(url: string, error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`${url}: ${String(error)}`)
  if (error.message.startsWith(url)) return error
  const cause = error.cause instanceof Error ? error.cause : error
  const code = 'code' in cause ? String(cause.code) : ''
  const message = cause.message || error.message
  return new Error(`${url}: ${message.includes(code) ? message : `${code} ${message}`}`, { cause: error })
}
