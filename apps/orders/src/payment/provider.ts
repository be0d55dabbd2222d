import { z } from 'zod'
import { PaymentRefusedError, PaymentUnavailableError } from './errors.ts'

export interface PaymentProviderSettings {
  readonly url: string
  readonly apiKey: string
  /** Milliseconds for one request; shorter than an attempt of an activity. @default 2500 */
  readonly deadlineMs?: number
}

export interface ChargeRequest {
  /** The provider's record of whose charge it is. */
  readonly reference: string
  readonly amount: number
  readonly currency: string
  readonly cardNumber: string
}
export type ChargeAnswer =
  | { readonly approved: true; readonly chargeId: string }
  | { readonly approved: false; readonly reason: 'card-declined' | 'insufficient-funds' }

/**
 * The payment provider's HTTP API. Each method may be called again with the same key: the provider does the work once and repeats its answer.
 * They reject with a {@link PaymentUnavailableError}, after which the outcome is not known and the call is made again, or a {@link PaymentRefusedError}.
 */
export interface PaymentProvider {
  charge(key: string, request: ChargeRequest, signal: AbortSignal): Promise<ChargeAnswer>
  refund(key: string, chargeId: string, signal: AbortSignal): Promise<void>
  /** Undoes what was done with a charge's key, and refuses what is still to come with it. Says which charge was refunded, if there was one. */
  reverse(chargeKey: string, signal: AbortSignal): Promise<{ chargeId?: string | undefined }>
}

const charged = z.object({ id: z.string().min(1) })
const reversed = z.object({ charge_id: z.string().optional() })
const problem = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

export function createPaymentProvider(settings: PaymentProviderSettings): PaymentProvider {
  return {
    async charge(key, { reference, amount, currency, cardNumber }, signal) {
      const answer = await post(settings, { path: '/charges', key, body: { reference, amount, currency, card_number: cardNumber } }, signal)
      if (answer.status === 402) {
        const { code } = problem.parse(answer.body).error
        return { approved: false, reason: code === 'insufficient_funds' ? 'insufficient-funds' : 'card-declined' }
      }
      return { approved: true, chargeId: charged.parse(accepted(answer)).id }
    },
    async refund(key, chargeId, signal) {
      const answer = await post(settings, { path: `/charges/${encodeURIComponent(chargeId)}/refunds`, key, body: {} }, signal)
      // Refunds are always whole, so one that was made with another key (a reversal) is what was wanted.
      if (answer.status === 409 && problem.safeParse(answer.body).data?.error.code === 'already_refunded') return
      accepted(answer)
    },
    async reverse(chargeKey, signal) {
      const body = { idempotency_key: chargeKey }
      return { chargeId: reversed.parse(accepted(await post(settings, { path: '/reversals', key: `${chargeKey}.reversal`, body }, signal))).charge_id }
    },
  }
}

interface Answer {
  readonly path: string
  readonly status: number
  readonly body: unknown
}

async function post(settings: PaymentProviderSettings, request: { path: string; key: string; body: object }, signal: AbortSignal): Promise<Answer> {
  const { url, apiKey, deadlineMs = 2500 } = settings
  try {
    const response = await fetch(new URL(request.path.slice(1), url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': request.key },
      body: JSON.stringify(request.body),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    })
    return { path: request.path, status: response.status, body: await response.json() }
  } catch (error) {
    // The caller's own stop is no fault of the provider.
    if (signal.aborted) throw error
    throw new PaymentUnavailableError(`the payment provider did not answer POST ${request.path}: ${reason(error, deadlineMs)}`, { cause: error })
  }
}

function accepted({ path, status, body }: Answer): unknown {
  if (status >= 200 && status < 300) return body
  const { code, message } = problem.safeParse(body).data?.error ?? { code: 'unknown', message: 'no explanation' }
  const text = `the payment provider answered POST ${path} with ${status} ${code}: ${message}`
  // 401 and 403 are about our key, which somebody is going to repair; the order is not to blame.
  if (status >= 500 || [401, 403, 408, 429].includes(status)) throw new PaymentUnavailableError(text)
  throw new PaymentRefusedError(text, code)
}

function reason(error: unknown, deadlineMs: number): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `nothing within ${deadlineMs} ms`
  return error.cause instanceof Error ? error.cause.message || String((error.cause as NodeJS.ErrnoException).code) : error.message
}
