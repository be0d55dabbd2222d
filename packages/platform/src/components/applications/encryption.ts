import type { Secret } from '../../model/resources.ts'
import { secretFolder, type Value } from '../../model/values.ts'
import type { Application } from './names.ts'

/** The keys of an application's payloads: a file each. */
export const keysSecret = (application: string) => `${application}-payload-keys`

/** What a process of the application gets, so that it writes and reads encrypted payloads. */
export function encryptionUse({ name, settings }: Application): Record<string, Value> {
  return settings.encryption ? { PAYLOAD_KEYS_FOLDER: secretFolder(keysSecret(name)) } : {}
}

/** The first key. Others are added beside it, and the last one encrypts. */
export function encryptionSecrets({ name, settings }: Application): Secret[] {
  return settings.encryption ? [{ name: keysSecret(name), keys: { '1': 'encryption-key' } }] : []
}
