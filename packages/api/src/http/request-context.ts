import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Caller } from '../auth/verifier.ts'
import type { JsonSchema } from '@sundial/contract'
import type { RequestScope } from '../temporal/request-scope.ts'
import type { OperationKind } from '../routes/operation.ts'

declare module 'fastify' {
  interface FastifyRequest extends RequestScope {
    /** Who calls; set before any handler of a protected route runs. */
    caller: Caller | undefined
    gone: AbortSignal
    /** Of the trace that the request is part of, if it is traced. */
    traceId: string | undefined
  }
  interface FastifyContextConfig {
    operation?: OperationKind
    operationId?: string
    /** Whether it changes something. */
    write?: boolean
    /** The schema of the body for the document. The contract's own schema checks it, not the framework. */
    body?: JsonSchema
    optionalBody?: boolean
  }
}

/** Gives each request its caller, execution and signal, and each answer the request's id. */
export function addRequestContext(app: FastifyInstance): void {
  app.decorateRequest('caller', undefined)
  app.decorateRequest('execution', undefined)
  app.decorateRequest('tenant', undefined)
  app.decorateRequest('traceId', undefined)
  app.decorateRequest('gone', null as unknown as AbortSignal)
  app.addHook('onRequest', (request, reply, done) => {
    const controller = new AbortController()
    request.gone = controller.signal
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) controller.abort(new Error('the caller has gone'))
    })
    reply.header('x-request-id', request.id)
    done()
  })
}

/** The caller's `X-Request-Id` if it is a plain word, else a new id. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID()
}
