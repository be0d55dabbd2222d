import type { EventOf } from './public.ts'
import { attempts, type Caller, isUnanswered, pause, timeoutOf } from './send.ts'

/** Milliseconds after which a stream that was lost is opened again, unless the API says otherwise. */
const REOPEN_MS = 2000
/** A workflow with one of these goes on. */
const OPEN = ['RUNNING', 'PAUSED', 'CONTINUED_AS_NEW']

/** The server-sent events of a workflow, until it has ended. A stream that is lost is opened again where it was. */
export async function* follow(caller: Caller, path: string, signal?: AbortSignal): AsyncGenerator<EventOf<unknown>, void, undefined> {
  let seen: string | undefined
  let reopenMs = REOPEN_MS
  for (;;) {
    const silence = silenceOf(timeoutOf(caller))
    try {
      const headers = { accept: 'text/event-stream', ...(seen !== undefined && { 'last-event-id': seen }) }
      const read = async (response: Response) => (response.status === 204 ? undefined : response.body?.getReader())
      const reader = await attempts(caller, { method: 'GET', path, headers, repeatable: true, signal }, { timeout: silence.begin, read })
      // It had ended with what was seen last.
      if (!reader) return
      for await (const fields of fieldsOf(untilLost(reader, signal), silence.heard)) {
        reopenMs = fields.retryMs ?? reopenMs
        if (fields.data === undefined) continue
        seen = fields.id ?? seen
        const event = JSON.parse(fields.data) as EventOf<unknown>
        yield event
        if (!OPEN.includes(event.status)) return
      }
    } finally {
      silence.end()
    }
    await pause(reopenMs, signal)
  }
}

/** What arrives, until the stream is over or lost. */
async function* untilLost(reader: ReadableStreamDefaultReader<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const next = await reader.read().catch((error: unknown) => {
      if (signal?.aborted || !isUnanswered(error)) throw error
      return undefined
    })
    if (!next?.value) return
    yield next.value
  }
}

/** Ends what is read when nothing was heard for some milliseconds, or when nobody reads it any more. */
function silenceOf(milliseconds: number) {
  let controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => controller.abort(new DOMException('the API has said nothing for too long', 'TimeoutError')), milliseconds)
  }
  return {
    begin: () => {
      controller = new AbortController()
      heard()
      return controller.signal
    },
    heard,
    end: () => {
      clearTimeout(timer)
      controller.abort()
    },
  }
}

interface Fields {
  readonly id?: string
  readonly data?: string
  readonly retryMs?: number
}

/** What a stream says, one block after another. */
async function* fieldsOf(chunks: AsyncIterable<Uint8Array>, heard: () => void): AsyncGenerator<Fields, void, undefined> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunks) {
    heard()
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split(/\r?\n\r?\n/)
    text = blocks.pop() ?? ''
    yield* blocks.map(readBlock)
  }
}

function readBlock(block: string): Fields {
  const values = (name: string) =>
    block
      .split(/\r?\n/)
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).replace(/^ /, ''))
  const id = values('id').at(-1)
  const data = values('data')
  const retry = values('retry').at(-1)
  return { ...(id !== undefined && { id }), ...(data.length > 0 && { data: data.join('\n') }), ...(retry !== undefined && { retryMs: Number(retry) }) }
}
