import type { Payload } from '@temporalio/common'
import type { Label } from './envelope.ts'
import { CodecError } from './errors.ts'

/** The names of Temporal's own samples, in all languages, as far as they have them. */
const ENCODING = 'binary/encrypted'
const CIPHER = 'AES-256-GCM'
const KEYS = {
  encoding: 'encoding',
  cipher: 'encryption-cipher',
  keyId: 'encryption-key-id',
  compression: 'encryption-compression',
  namespace: 'encryption-namespace',
  workflowId: 'encryption-workflow-id',
} as const

export function isEncrypted(payload: Payload): boolean {
  return text(payload, KEYS.encoding) === ENCODING
}

export function writeLabel({ keyId, compression, namespace, workflowId }: Label): Record<string, Uint8Array> {
  const values = {
    [KEYS.encoding]: ENCODING,
    [KEYS.cipher]: CIPHER,
    [KEYS.keyId]: keyId,
    ...(compression !== 'none' && { [KEYS.compression]: compression }),
    [KEYS.namespace]: namespace,
    ...(workflowId !== undefined && { [KEYS.workflowId]: workflowId }),
  }
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value)]))
}

/** Nothing of it is true before the payload was decrypted with it. Throws a {@link CodecError} when it is no label of this codec. */
export function readLabel(payload: Payload): Label {
  const cipher = text(payload, KEYS.cipher)
  const keyId = text(payload, KEYS.keyId)
  const compression = text(payload, KEYS.compression) ?? 'none'
  const namespace = text(payload, KEYS.namespace)
  const workflowId = text(payload, KEYS.workflowId)
  if (cipher !== CIPHER || keyId === undefined || namespace === undefined || (compression !== 'none' && compression !== 'gzip'))
    throw new CodecError('an encrypted payload was not written by this codec, or its metadata were changed')
  return { keyId, compression, namespace, ...(workflowId !== undefined && { workflowId }) }
}

function text({ metadata }: Payload, key: string): string | undefined {
  const value = metadata?.[key]
  return value ? Buffer.from(value).toString() : undefined
}
