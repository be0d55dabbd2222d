import { createServer, type Server } from 'node:http'
import type { Backends } from './backends.ts'

/** `/readyz`: 200 while a backend is ready, else 503; with the state of each. `/livez`: 200. */
export function healthServer(backends: Backends): Server {
  return createServer((request, response) => {
    const isReady = backends.all.some((backend) => backend.ready)
    const answers: Record<string, readonly [status: number, body: unknown]> = {
      '/livez': [200, { live: true }],
      '/readyz': [
        isReady ? 200 : 503,
        { ready: isReady, backends: backends.all.map(({ name, ready, problem, connections }) => ({ name, ready, problem, connections })) },
      ],
    }
    const [status, body] = answers[request.url ?? ''] ?? [404, { error: `there are ${Object.keys(answers).join(' and ')}` }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
  })
}
