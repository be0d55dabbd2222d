import { TokenError } from './token-error.ts'

/** Asks a provider. Rejects with a {@link TokenError} that says what it answered, or why it did not. */
export async function requestJson(url: string, init: RequestInit): Promise<unknown> {
  let response: Response
  let body: string
  try {
    response = await fetch(url, { ...init, redirect: 'error' })
    body = await response.text()
  } catch (error) {
    throw new TokenError(`${url} did not answer: ${reason(error)}`, { cause: error })
  }
  const json = parse(body)
  if (response.ok && json !== undefined) return json
  throw new TokenError(`${url} answered ${response.status}${oauthError(json)}${response.ok ? ', which is not JSON' : ''}`)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function oauthError(json: unknown): string {
  const { error, error_description: description } = (json ?? {}) as { error?: unknown; error_description?: unknown }
  return typeof error === 'string' ? ` ${error}${typeof description === 'string' ? ` (${description})` : ''}` : ''
}

/** `fetch` says only "fetch failed"; why is in its cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message || String((error.cause as NodeJS.ErrnoException).code) : error.message
}
