import type { Platform } from '../../model/platform.ts'
import { publicUrl, type PublicUrlReference } from '../../model/values.ts'

export const CODEC_SERVER = 'temporal-codec'
const LOGIN_CALLBACK = '/callback'

/** Applications whose payloads are encrypted, by name. */
export function encryptedApplications({ applications }: Platform): [string, Platform['applications'][string]][] {
  return Object.entries(applications).filter(([, { encryption }]) => encryption)
}

/** Whether there is anything to decrypt for people. */
export function hasCodecServer(platform: Platform): boolean {
  return encryptedApplications(platform).length > 0
}

/**
 * On a laptop nothing is served over https, and the Web UI sends a person's token over nothing else: people sign in to the codec server once
 * more, as the same client. Elsewhere the Web UI brings the token.
 */
export function signsPeopleIn({ environment, webUi }: Platform): boolean {
  return environment === 'development' && webUi.enabled && !webUi.external
}

/** Where the identity provider sends browsers back. */
export function loginCallback(): PublicUrlReference {
  return publicUrl(CODEC_SERVER, 'http', LOGIN_CALLBACK)
}
