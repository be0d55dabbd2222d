import { createPrivateKey } from 'node:crypto'
import { chmod } from 'node:fs/promises'
import type { GivenSecret, ProcessSecret } from '@sundial/platform/process'
import { SundialError } from '@sundial/platform'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import { ENCRYPTION_KEY_BYTES, generateSecret } from './generate.ts'
import { readGivenSecrets } from './given-secrets.ts'
import { secretId, type ReadSecret } from './materialise.ts'

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
  const problem = secretProblem(secret.generate, kept)
  if (problem) {
    throw new SundialError('SUN_STATE_UNUSABLE', `The secret ${secret.name}/${secret.key} in ${secret.path} ${problem}`, {
      hint: 'Restore the file. Or remove the state folder, with all its data, and start anew.',
    })
  }
  await chmod(secret.path, 0o600)
  return kept
}

/** Why a value cannot be what was generated, or nothing. */
export function secretProblem(kind: ProcessSecret['generate'], value: string): string | undefined {
  switch (kind) {
    case 'password':
      return passwordProblem(value)
    case 'signing-key':
      return signingKeyProblem(value)
    case 'encryption-key':
      return encryptionKeyProblem(value)
  }
}

/** The secrets of a plan: those to generate, and those that people give. */
export interface PlanSecrets {
  readonly secrets: readonly ProcessSecret[]
  readonly givenSecrets: readonly GivenSecret[]
}

/**
 * All secrets of a plan, those that are generated made where they are missing, and a way to read them.
 * @throws SundialError `SUN_SECRET_MISSING` if one that people give is not there
 */
export async function ensureSecrets({ secrets, givenSecrets }: PlanSecrets): Promise<ReadSecret> {
  const values = new Map(await readGivenSecrets(givenSecrets))
  for (const secret of secrets) values.set(secretId(secret), await ensureSecret(secret))
  return (secret) => {
    const value = values.get(secretId(secret))
    if (value === undefined) throw new Error(`the plan uses the secret ${secretId(secret)} and does not define it`)
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

function encryptionKeyProblem(value: string): string | undefined {
  const { length } = Buffer.from(value, 'base64')
  return length === ENCRYPTION_KEY_BYTES ? undefined : `is not ${ENCRYPTION_KEY_BYTES} bytes in base64`
}
