/** The two messages of grpc.health.v1, written by hand: it is two fields, and never changes. */

/** `HealthCheckRequest`: field 1, the service, a text. */
export function encodeHealthRequest(service: string): Buffer {
  const name = Buffer.from(service, 'utf8')
  return name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a, ...varint(name.length)]), name])
}

/** `HealthCheckResponse`: field 1, the status. Unknown fields are skipped; a message without the field is UNKNOWN. */
export function decodeHealthResponse(message: Buffer): HealthStatus {
  let status = 0
  let at = 0
  const read = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++]
      if (byte === undefined) throw new Error('the answer to a health check is cut off')
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (at < message.length) {
    const tag = read()
    const wire = tag & 7
    if (wire === 0) {
      const value = read()
      if (tag >> 3 === 1) status = value
    } else if (wire === 2) {
      const length = read()
      at += length
    } else if (wire === 1) at += 8
    else if (wire === 5) at += 4
    else throw new Error('this is no answer to a health check')
  }
  return STATUSES[status] ?? 'UNKNOWN'
}

/** By number, as the protocol defines them. */
const STATUSES = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const
export type HealthStatus = (typeof STATUSES)[number]

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]
}
