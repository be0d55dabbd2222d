import { createPrivateKey } from 'node:crypto'
import { chmod } from 'node:fs/promises'
import type { ProcessSecret } from '@sundial/platform/process'
import { SundialError } from '@sundial/platform'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import { generateSecret } from './generate.ts'
import type { ReadSecret } from './materialise.ts'

/**
 * The value of a secret: what its file holds, or a new one that is written there with mode 0600.
 * @throws SundialError if the file is there and useless. It is not replaced: others, such as a database, may know the value.
 */
export async function ensureSecret(secret: ProcessSecret): Promise<string> {
  const kept = await readFileIfPresent(secret.path)
  if (kept === undefined) {
    const value = await generateSecret(secret.generate)
    await writeFileAtomically(secret.path, value)
    return value
  }
  const problem = secret.generate === 'password' ? passwordProblem(kept) : signingKeyProblem(kept)
  if (problem) {
    throw new SundialError('SUN_STATE_UNUSABLE', `The secret ${secret.name}/${secret.key} in ${secret.path} ${problem}`, {
      hint: 'Restore the file. Or remove the state folder, with all its data, and start anew.',
    })
  }
  await chmod(secret.path, 0o600)
  return kept
}

/** All secrets of a plan, made where they are missing, and a way to read them. */
export async function ensureSecrets(secrets: readonly ProcessSecret[]): Promise<ReadSecret> {
  const values = new Map<string, string>()
  for (const secret of secrets) values.set(`${secret.name}/${secret.key}`, await ensureSecret(secret))
  return ({ name, key }) => {
    const value = values.get(`${name}/${key}`)
    if (value === undefined) throw new Error(`the plan uses the secret ${name}/${key} and does not define it`)
    return value
  }
}

function passwordProblem(value: string): string | undefined {
  if (value === '') return 'is empty'
  return /^[\x21-\x7e]+$/.test(value) ? undefined : 'has signs that are not printable ASCII, or a line break'
}

function signingKeyProblem(value: string): string | undefined {
  try {
    const jwk = JSON.parse(value) as Record<string, unknown>
    if (typeof jwk.kid !== 'string') return 'is a key without "kid"'
    const type = createPrivateKey({ key: jwk, format: 'jwk' }).asymmetricKeyType
    return type === 'rsa' ? undefined : `is a key of type ${type}, not RSA`
  } catch {
    return 'is not a private key as a JWK'
  }
}
