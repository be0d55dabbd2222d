import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common'
import proto from '@temporalio/proto'
import { bindingOf, bindingProblem } from './binding.ts'
import { expand, seal, squeeze, unseal } from './envelope.ts'
import { CodecError } from './errors.ts'
import type { KeyRing } from './key-ring.ts'
import { isEncrypted, readLabel, writeLabel } from './metadata.ts'

const PayloadMessage = proto.temporal.api.common.v1.Payload

export interface EncryptionCodecOptions {
  readonly keys: KeyRing
  /** Whose payloads they are. */
  readonly namespace: string
  /** Payloads of more bytes are compressed first. 0: none is. @default 0 */
  readonly compressAboveBytes?: number
}

/**
 * Encrypts payloads with AES-256-GCM, and binds each to its namespace and its workflow: in another's place it is refused. What is not encrypted
 * is left as it is, so that workflows which were started before go on. Payloads that it made before it leaves alone.
 */
export class EncryptionCodec implements PayloadCodec {
  readonly #keys: KeyRing
  readonly #namespace: string
  readonly #compressAboveBytes: number

  constructor({ keys, namespace, compressAboveBytes = 0 }: EncryptionCodecOptions) {
    this.#keys = keys
    this.#namespace = namespace
    this.#compressAboveBytes = compressAboveBytes
  }

  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.all(payloads.map(async (payload) => (isEncrypted(payload) ? payload : this.#encrypt(payload, context))))
  }

  /** Rejects with a {@link CodecError} when a key is missing, or a payload was changed or belongs elsewhere. */
  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.all(payloads.map(async (payload) => (isEncrypted(payload) ? this.#decrypt(payload, context) : payload)))
  }

  async #encrypt(payload: Payload, context: SerializationContext | undefined): Promise<Payload> {
    const plain = PayloadMessage.encode(payload).finish()
    const { bytes, compression } = await squeeze(plain, this.#compressAboveBytes)
    const { id, key } = this.#keys.current()
    const label = { keyId: id, compression, ...bindingOf(context, this.#namespace) }
    return { metadata: writeLabel(label), data: seal(bytes, key, label) }
  }

  async #decrypt(payload: Payload, context: SerializationContext | undefined): Promise<Payload> {
    const label = readLabel(payload)
    const problem = bindingProblem(label, bindingOf(context, this.#namespace))
    if (problem !== undefined) throw new CodecError(`a payload is not accepted here: ${problem}`)
    const key = await this.#keys.find(label.keyId)
    if (!key) throw new CodecError(`the key "${label.keyId}" of a payload is not there; restore it to the folder of keys`)
    try {
      const plain = await expand(unseal(payload.data ?? new Uint8Array(), key, label), label.compression)
      const { metadata, data } = PayloadMessage.decode(plain)
      return { metadata, data }
    } catch (error) {
      throw new CodecError(`a payload cannot be decrypted with the key "${label.keyId}": it was changed, or the key is another of that name`, { cause: error })
    }
  }
}
