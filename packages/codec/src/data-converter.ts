import { createRequire } from 'node:module'
import type { Logger } from '@sundial/runtime'
import type { DataConverter } from '@temporalio/common'
import { EncryptionCodec } from './encryption-codec.ts'
import { KeyRing } from './key-ring.ts'
import type { EncryptionSettings } from './settings.ts'

export interface DataConverterOptions {
  /** Absent: nothing is encrypted. */
  readonly encryption: EncryptionSettings | undefined
  readonly namespace: string
  readonly logger: Logger
}

/**
 * How clients and workers of a namespace write payloads: encrypted, with the messages of failures, if the settings say so. The same in a client
 * and in a worker, or they cannot read each other. Rejects when the keys cannot be read.
 */
export async function dataConverter({ encryption, namespace, logger }: DataConverterOptions): Promise<DataConverter> {
  if (!encryption) return {}
  const keys = await KeyRing.open(encryption.keysFolder, { logger })
  const codec = new EncryptionCodec({ keys, namespace, compressAboveBytes: encryption.compressAboveBytes })
  return { payloadCodecs: [codec], failureConverterPath: createRequire(import.meta.url).resolve('@sundial/codec/failure-converter') }
}
