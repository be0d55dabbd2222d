import type { JsonSchema } from '@sundial/contract'
import type { FastifyReply } from 'fastify'
import type { ResponseDocument } from '../openapi/problem-responses.ts'

const HEADERS = {
  location: { type: 'string', description: 'Where to look.' },
  'retry-after': { type: 'integer', description: 'Seconds after which to look again.' },
  'preference-applied': { type: 'string', description: 'The wait that was granted.' },
  etag: { type: 'string', description: 'Changes when the workflow has moved.' },
} satisfies Record<string, JsonSchema>

/** A response with a JSON body. */
export function json(description: string, schema: JsonSchema, headers: readonly (keyof typeof HEADERS)[] = []): ResponseDocument {
  return {
    description,
    content: { 'application/json': { schema } },
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map((name) => [name, HEADERS[name]])) }),
  }
}

/** A response without a body. */
export function empty(description: string): ResponseDocument {
  return { description, type: 'null' }
}

/** Seconds after which a caller that did not wait, or not long enough, should look again. */
const LOOK_AGAIN_SECONDS = 1

/** 202: it goes on; look there. */
export function stillRunning(reply: FastifyReply, location: string): FastifyReply {
  return reply.code(202).headers({ location, 'retry-after': String(LOOK_AGAIN_SECONDS) })
}
