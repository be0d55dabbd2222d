import type { FastifyInstance } from 'fastify'

/** For answers that are data, which no browser is to show, frame, sniff or keep. The page of the documentation brings a policy of its own. */
const HEADERS = Object.entries({
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  // Browsers heed it over TLS only.
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
})

/** Adds the headers to every answer that does not have its own. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onSend', (...[, reply, payload, done]) => {
    for (const [name, value] of HEADERS) if (!reply.hasHeader(name)) reply.header(name, value)
    done(null, payload)
  })
}
