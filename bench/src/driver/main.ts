import { openClient, type OpenClient } from './client.ts'
import { firstWorkflow } from './first-workflow.ts'
import { load } from './load.ts'
import { park } from './park.ts'
import { starts } from './starts.ts'
import type { Reply, Request } from './messages.ts'

// The driver: a process of its own, so that its work is told from the contestant's. It does one task at a time, and ends with who asks.
const stop = new AbortController()
let open: OpenClient | undefined

process.on('disconnect', () => process.exit())
process.on('SIGTERM', () => process.exit())
process.on('message', (request: Request) => {
  perform(request).then(
    (answer) => reply({ kind: 'done', answer }),
    (error: unknown) => reply({ kind: 'failed', message: error instanceof Error ? explain(error) : String(error) }),
  )
})
// Loaded before it is asked for: reading modules is no part of what is measured.
await import('@sundial/local')
reply({ kind: 'ready' })

async function perform(request: Request): Promise<unknown> {
  if (request.task === 'first-workflow') return firstWorkflow(request.access, stop.signal)
  open ??= await openClient(request.access, { retries: true })
  if (request.task === 'park') return park(open.client, request)
  if (request.task === 'starts') return starts(open.client, request)
  return load(open.client, request)
}

function reply(message: Reply): void {
  process.send?.(message)
}

function explain(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${explain(error.cause)}` : error.message
}
