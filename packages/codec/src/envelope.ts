import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Binding } from './binding.ts'

/** Bytes, as NIST SP 800-38D recommends them for GCM. */
const IV_BYTES = 12
const TAG_BYTES = 16
/** No payload of Temporal is larger than its 4 MB of gRPC, encrypted; what is compressed may become this much, bytes. */
const MAX_PLAIN_BYTES = 64 * 1024 * 1024

/** All that is said about what was encrypted. It is authenticated, so none of it can be changed. */
export interface Label extends Binding {
  readonly keyId: string
  readonly compression: 'none' | 'gzip'
}

/** `iv | ciphertext | tag` of AES-256-GCM. */
export function seal(plain: Uint8Array, key: KeyObject, label: Label): Uint8Array {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(authenticated(label))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws when the key is another, or anything was changed. */
export function unseal(sealed: Uint8Array, key: KeyObject, label: Label): Uint8Array {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw new Error('it is too short')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(authenticated(label))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
}

const gzipAsync = promisify(gzip)
const gunzipAsync = promisify(gunzip)

/** Compresses what is large, if it becomes less. */
export async function squeeze(plain: Uint8Array, aboveBytes: number): Promise<{ bytes: Uint8Array; compression: Label['compression'] }> {
  if (aboveBytes === 0 || plain.length <= aboveBytes) return { bytes: plain, compression: 'none' }
  // The fastest level: a payload is compressed once for each time that it is sent.
  const bytes = await gzipAsync(plain, { level: 1 })
  return bytes.length < plain.length ? { bytes, compression: 'gzip' } : { bytes: plain, compression: 'none' }
}

/** The opposite of {@link squeeze}. */
export async function expand(bytes: Uint8Array, compression: Label['compression']): Promise<Uint8Array> {
  return compression === 'none' ? bytes : gunzipAsync(bytes, { maxOutputLength: MAX_PLAIN_BYTES })
}

/** The additional authenticated data: JSON, in which no two labels are the same text. */
function authenticated({ keyId, compression, namespace, workflowId }: Label): Uint8Array {
  return Buffer.from(JSON.stringify(['sundial.payload.1', keyId, compression, namespace, workflowId ?? null]))
}
