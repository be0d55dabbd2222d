import { createPrivateKey } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { JWK } from 'oidc-provider'
import { SHORTEST_SECRET } from './client-secrets.ts'
import { DEFAULT_TOKEN_LIFETIME_SECONDS } from './configuration.ts'
import type { IdentityProviderClient, IdentityProviderConfiguration, IdentityProviderUser } from './configuration.ts'
import { ConfigurationError } from './configuration-error.ts'
import { configurationSchema } from './configuration-schema.ts'

/** The configuration with the content of the files that it names. */
export interface LoadedConfiguration extends IdentityProviderConfiguration {
  readonly tokenLifetimeSeconds: number
  readonly signingKey: JWK
  readonly cookieSecret: string
  readonly clients: readonly (IdentityProviderClient & { readonly secret: string })[]
  readonly users: readonly (IdentityProviderUser & { readonly password: string })[]
}

/** Reads a configuration file and all that it names. Throws a {@link ConfigurationError} that lists every problem. */
export function readConfiguration(path: string): LoadedConfiguration {
  const parsed = configurationSchema.safeParse(readJson(path))
  if (!parsed.success) {
    throw new ConfigurationError(
      path,
      parsed.error.issues.map((issue) => `${issue.path.length === 0 ? '(root)' : pathText(issue.path)}: ${issue.message}`),
    )
  }
  const configuration = parsed.data
  const problems: string[] = []
  const read = (field: string, name: string, shortest: number): string => readSecret({ field, name, shortest }, problems)
  const loaded: LoadedConfiguration = {
    ...configuration,
    tokenLifetimeSeconds: configuration.tokenLifetimeSeconds ?? DEFAULT_TOKEN_LIFETIME_SECONDS,
    signingKey: readSigningKey(configuration.signingKeyFile, problems),
    cookieSecret: read('cookieSecretFile', configuration.cookieSecretFile, 16),
    clients: configuration.clients.map((client, index) => ({ ...client, secret: read(`clients[${index}].secretFile`, client.secretFile, SHORTEST_SECRET) })),
    users: configuration.users.map((user, index) => ({ ...user, password: read(`users[${index}].passwordFile`, user.passwordFile, 1) })),
  }
  if (problems.length > 0) throw new ConfigurationError(path, problems)
  return loaded
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ConfigurationError(path, [`cannot be read as JSON: ${(error as Error).message}`])
  }
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('')
}

function readSecret(file: { field: string; name: string; shortest: number }, problems: string[]): string {
  try {
    const text = readFileSync(file.name, 'utf8').trimEnd()
    if (text.length < file.shortest) problems.push(`${file.field}: ${file.name} holds ${text.length} characters; at least ${file.shortest} are needed`)
    return text
  } catch (error) {
    problems.push(`${file.field}: ${(error as Error).message}`)
    return ''
  }
}

/** Only fixed words about the key: an error of the JSON parser would quote what it read. */
function readSigningKey(path: string, problems: string[]): JWK {
  const field = 'signingKeyFile'
  const text = readSecret({ field, name: path, shortest: 1 }, problems)
  if (text === '') return { kty: 'RSA' }
  try {
    const jwk = JSON.parse(text) as JWK
    const key = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' })
    if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
      problems.push(`${field}: ${path} must be an RSA key of at least 2048 bits, since Temporal verifies RS256`)
    }
    if (typeof jwk.kid !== 'string' || jwk.kid === '') problems.push(`${field}: ${path} must have a "kid", since Temporal finds keys by it`)
    return { ...jwk, alg: 'RS256', use: 'sig' }
  } catch {
    problems.push(`${field}: ${path} is not a private key as a JWK`)
    return { kty: 'RSA' }
  }
}
