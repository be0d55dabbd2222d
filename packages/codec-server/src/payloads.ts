import type { Payload } from '@temporalio/common'
import { z } from 'zod'

/** What is JSON on the way: bytes are base64, as protobuf writes them. */
const bytes = z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const body = z.object({
  payloads: z.array(z.looseObject({ metadata: z.record(z.string(), bytes).default({}), data: bytes.default(new Uint8Array()) })),
})

/** Reads the body of a request of the codec protocol. Says what is wrong with it otherwise. */
export function readPayloads(value: unknown): { payloads: Payload[] } | { problem: string } {
  const result = body.safeParse(value)
  if (!result.success) return { problem: z.prettifyError(result.error) }
  return { payloads: result.data.payloads.map(({ metadata, data }) => ({ metadata, data })) }
}

export function writePayloads(payloads: readonly Payload[]): unknown {
  return {
    payloads: payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, base64(value)])),
      data: base64(data ?? new Uint8Array()),
    })),
  }
}

function base64(value: Uint8Array): string {
  return Buffer.from(value).toString('base64')
}
