import { createHash, generateKeyPair, randomBytes, randomInt } from 'node:crypto'
import { promisify } from 'node:util'
import type { ProcessSecret } from '@sundial/platform/process'

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** About 190 bits. No sign in it means anything to a shell, a URL or a template. */
const PASSWORD_LENGTH = 32
/** AES-256. */
export const ENCRYPTION_KEY_BYTES = 32

/** A new value of the kind asked for. */
export function generateSecret(kind: ProcessSecret['generate']): string | Promise<string> {
  switch (kind) {
    case 'password':
      return generatePassword()
    case 'signing-key':
      return generateSigningKey()
    case 'encryption-key':
      return randomBytes(ENCRYPTION_KEY_BYTES).toString('base64')
  }
}

function generatePassword(): string {
  return Array.from({ length: PASSWORD_LENGTH }, () => LETTERS_AND_DIGITS[randomInt(LETTERS_AND_DIGITS.length)]).join('')
}

/** A private RSA key for RS256 as a JWK. Its `kid` is the thumbprint of RFC 7638, so the same key has always the same. */
async function generateSigningKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const jwk = privateKey.export({ format: 'jwk' })
  const thumbprint = createHash('sha256').update(JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n }))
  return JSON.stringify({ ...jwk, kid: thumbprint.digest('base64url'), alg: 'RS256', use: 'sig' })
}
