import { CodecError, type EncryptionCodec } from '@sundial/codec'
import type { Payload } from '@temporalio/common'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Counter } from 'prom-client'
import type { Authorize } from './authorize.ts'
import { readPayloads, writePayloads } from './payloads.ts'
import type { Operation } from './permissions.ts'

export interface CodecRoutesOptions {
  /** By namespace. */
  readonly codecs: ReadonlyMap<string, EncryptionCodec>
  readonly operations: readonly Operation[]
  readonly authorize: Authorize
  readonly payloads: Counter
}

/** `POST /decode` and `/encode` of Temporal's codec protocol: payloads in, payloads out. */
export function addCodecRoutes(app: FastifyInstance, { codecs, operations, authorize, payloads: counter }: CodecRoutesOptions): void {
  for (const operation of operations) {
    app.post(`/${operation}`, async (request, reply) => {
      const permit = await authorize(request, operation)
      if ('error' in permit) {
        if (permit.status === 401) reply.header('www-authenticate', 'Bearer')
        return reply.status(permit.status).send({ error: permit.error })
      }
      const read = readPayloads(request.body)
      if ('problem' in read) return reply.status(400).send({ error: read.problem })
      const { namespace, subject } = permit
      const codec = codecs.get(namespace)
      const count = (result: string) => counter.inc({ operation, namespace: codec ? namespace : 'other', result })
      // A namespace of others is asked about too, and has nothing that could be decrypted here.
      if (!codec) {
        read.payloads.forEach(() => count('untouched'))
        return writePayloads(read.payloads)
      }
      const done = await Promise.all(read.payloads.map((payload) => convert(payload, (payloads) => codec[operation](payloads), request.log)))
      for (const { result } of done) count(result)
      request.log.info({ operation, namespace, subject, payloads: done.length, refused: done.filter(({ result }) => result === 'refused').length }, 'payloads')
      return writePayloads(done.map(({ payload }) => payload))
    })
  }
}

/** One that cannot be decrypted must not hide the others: it is given back as it is. */
async function convert(
  payload: Payload,
  by: (payloads: Payload[]) => Promise<Payload[]>,
  log: FastifyBaseLogger,
): Promise<{ payload: Payload; result: string }> {
  try {
    const [converted = payload] = await by([payload])
    return { payload: converted, result: converted === payload ? 'untouched' : 'done' }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    log.warn({ reason: error.message }, 'a payload is given back as it is')
    return { payload, result: 'refused' }
  }
}
