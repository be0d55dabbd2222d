import type { SettingsReader } from '@sundial/runtime'
import { readKeysSync } from './key-files.ts'

export interface EncryptionSettings {
  /** A folder with a file for each key; see {@link KeyRing}. */
  readonly keysFolder: string
  /** Payloads of more bytes than this are compressed before they are encrypted. 0: none is. */
  readonly compressAboveBytes: number
}

/** Smaller ones hardly become less: each has some 150 bytes around what is encrypted. */
const COMPRESS_ABOVE_BYTES = 2048

/**
 * Reads PAYLOAD_KEYS_FOLDER, and PAYLOAD_COMPRESS_ABOVE_BYTES. Nothing when payloads are not encrypted. Problems go to the reader, those of
 * the keys too.
 */
export function readEncryptionSettings(reader: SettingsReader): EncryptionSettings | undefined {
  const keysFolder = reader.optional('PAYLOAD_KEYS_FOLDER')
  const compressAboveBytes = reader.number('PAYLOAD_COMPRESS_ABOVE_BYTES', { default: COMPRESS_ABOVE_BYTES, min: 0 })
  if (keysFolder === undefined) return undefined
  const { problems } = readKeysSync(keysFolder)
  for (const problem of problems) reader.problem(`PAYLOAD_KEYS_FOLDER names ${keysFolder}: ${problem}`)
  return { keysFolder, compressAboveBytes }
}
