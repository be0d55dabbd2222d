import type { FastifyInstance, HTTPMethods } from 'fastify'
import { problem } from './api-problem.ts'

const METHODS: readonly HTTPMethods[] = ['DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT']

/** Collects the routes that are added from here on. The function returned makes their other methods a 405 that names those that there are. */
export function collectMethods(app: FastifyInstance): () => void {
  const urls = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = urls.get(url) ?? new Set()
    for (const each of [method].flat()) methods.add(each)
    urls.set(url, methods)
  })
  return () => {
    // A copy, since the routes that are added here come in, too.
    for (const [url, methods] of new Map(urls)) {
      const allow = [...methods].sort().join(', ')
      app.route({
        method: METHODS.filter((method) => !methods.has(method)),
        url,
        schema: { hide: true },
        onRequest: async (request) => {
          throw problem('method-not-allowed', `${request.method} is not possible here; use ${allow}`, { headers: { allow } })
        },
        handler: async () => undefined,
      })
    }
  }
}
