import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/** PostgreSQL's own default. */
const ITERATIONS = 4096

/**
 * What the server stores for a password (RFC 5803). Sent instead of the password, so that no log of statements can show it.
 * @param password printable ASCII: others would have to be normalised first (SASLprep)
 */
export async function scramVerifier(password: string, salt = randomBytes(16), iterations = ITERATIONS): Promise<string> {
  const salted = await promisify(pbkdf2)(password, salt, iterations, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`
}

/** Whether a stored verifier is of this password. */
export async function matchesVerifier(password: string, stored: string | null): Promise<boolean> {
  const [, iterations, salt] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(stored ?? '') ?? []
  if (iterations === undefined || salt === undefined) return false
  return (await scramVerifier(password, Buffer.from(salt, 'base64'), Number(iterations))) === stored
}
