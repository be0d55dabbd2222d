import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common'
import type { History } from './history-json.ts'

/**
 * Decodes every payload of a history where it stands, wherever in an event that is. Replay runs in a namespace of its own, where payloads that are bound
 * to theirs would be refused.
 */
export async function decodeHistory(history: History, codecs: readonly PayloadCodec[], context: SerializationContext): Promise<void> {
  if (codecs.length === 0) return
  const decode = async (payload: Payload): Promise<Payload> => {
    let decoded = [payload]
    // The other way round than they were encoded.
    for (const codec of codecs.toReversed()) decoded = await codec.decode(decoded, context)
    return decoded[0] ?? payload
  }
  const walk = async (value: unknown): Promise<void> => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return
    for (const [key, child] of Object.entries(value)) {
      if (isPayload(child)) Object.assign(value, { [key]: await decode(child) })
      else await walk(child)
    }
  }
  await walk(history.events)
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && 'metadata' in value && 'data' in value && value.data instanceof Uint8Array
}
