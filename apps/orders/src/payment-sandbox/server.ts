import type { Logger } from '@sundial/runtime'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import { checkBearer } from './authorization.ts'
import type { Charge, Ledger, Refusal } from './ledger.ts'
import { CHARGE_BODY, KEY_HEADERS, REVERSAL_BODY } from './schemas.ts'
import { createTroubles } from './troubles.ts'

export interface SandboxOptions {
  readonly ledger: Ledger
  readonly apiKey: string
  readonly logger: Logger
  /** How long the slow card waits, in milliseconds. @default 4000: longer than our client waits the first time, shorter than twice */
  readonly slowMs?: number
  /** Hears of every answer to a charge, for metrics. */
  readonly onCharge?: (outcome: string) => void
}

const REFUSALS: Readonly<Record<Refusal, { status: number; message: string }>> = {
  idempotency_mismatch: { status: 422, message: 'the idempotency key was used with another request' },
  charge_reversed: { status: 409, message: 'this charge was reversed' },
  no_such_charge: { status: 404, message: 'there is no such charge' },
  not_approved: { status: 409, message: 'the charge was not approved, so there is nothing to refund' },
  already_refunded: { status: 409, message: 'the charge is refunded already' },
}

/** The provider's HTTP API, not yet listening. Every POST takes an `Idempotency-Key`; every request the bearer key. */
export function createSandbox(options: SandboxOptions): FastifyInstance {
  const { ledger, apiKey, logger, slowMs = 4000, onCharge = () => {} } = options
  const troubles = createTroubles(slowMs)
  const app = fastify({ loggerInstance: logger.child({}, { level: 'warn' }), ajv: { customOptions: { coerceTypes: false } } }) as unknown as FastifyInstance

  app.addHook('onRequest', async (request, reply) => {
    if (!checkBearer(request.headers.authorization, apiKey))
      return fail(reply, 401, { code: 'unauthorized', message: 'send the API key: "Authorization: Bearer <key>"' })
  })
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error({ err: error }, 'request failed')
    return fail(reply, status, status < 500 ? { code: 'bad_request', message: error.message } : { code: 'internal', message: 'the sandbox failed' })
  })
  app.setNotFoundHandler((_request, reply) => fail(reply, 404, { code: 'not_found', message: 'there are /charges, /charges/{id}/refunds and /reversals' }))

  app.post<ChargeRoute>('/charges', { schema: { body: CHARGE_BODY, headers: KEY_HEADERS } }, async (request, reply) => {
    const { reference, amount, currency, card_number: cardNumber } = request.body
    const key = request.headers['idempotency-key']
    if (troubles.isDown(key, cardNumber)) {
      onCharge('unavailable')
      return fail(reply, 503, { code: 'unavailable', message: 'the provider is down for a moment' })
    }
    const outcome = await ledger.charge(key, { reference, amount, currency, cardNumber })
    await troubles.wait(key, cardNumber)
    onCharge('value' in outcome ? outcome.value.outcome : outcome.refusal)
    if ('refusal' in outcome) return refuse(reply, outcome.refusal)
    if (outcome.value.outcome !== 'approved') return fail(reply, 402, { code: outcome.value.outcome, message: 'the card was refused' })
    return reply.code(201).send(present(outcome.value))
  })
  app.post<RefundRoute>('/charges/:id/refunds', { schema: { headers: KEY_HEADERS } }, async (request, reply) => {
    const outcome = await ledger.refund(request.headers['idempotency-key'], request.params.id)
    if ('refusal' in outcome) return refuse(reply, outcome.refusal)
    return reply.code(201).send({ id: outcome.value.id, charge_id: outcome.value.chargeId })
  })
  app.post<ReversalRoute>('/reversals', { schema: { body: REVERSAL_BODY } }, async (request, reply) => {
    const charge = await ledger.reverse(request.body.idempotency_key)
    return reply.code(201).send({ ...(charge && { charge_id: charge.id }) })
  })
  app.get<{ Querystring: { reference?: string } }>('/charges', async (request) => ({ charges: ledger.charges(request.query.reference).map(present) }))
  return app
}

interface ChargeRoute {
  Body: { reference: string; amount: number; currency: string; card_number: string }
  Headers: { 'idempotency-key': string }
}
interface RefundRoute {
  Params: { id: string }
  Headers: { 'idempotency-key': string }
}
interface ReversalRoute {
  Body: { idempotency_key: string }
}

function present({ id, reference, amount, currency, cardLast4, outcome, refunded, at }: Charge): object {
  return { id, reference, amount, currency, card_last4: cardLast4, outcome, refunded, created_at: at }
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, message } = REFUSALS[refusal]
  return fail(reply, status, { code: refusal, message })
}

function fail(reply: FastifyReply, status: number, error: { code: string; message: string }): FastifyReply {
  return reply.code(status).send({ error })
}
