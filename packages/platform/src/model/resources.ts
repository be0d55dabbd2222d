/** Things that workloads ask of other components: databases, identities, secrets. */
import type { Value } from './values.ts'

export interface Secret {
  readonly name: string
  /** By key, what makes the value. */
  readonly keys: Readonly<Record<string, SecretProducer>>
  /** By key, what people have to give. */
  readonly about?: Readonly<Record<string, string>>
}

/** `password`: generated. `signing-key`: a generated private RSA key as a JWK. `encryption-key`: 32 random bytes in base64. `given`: people put it there. */
export type SecretProducer = 'password' | 'signing-key' | 'encryption-key' | 'given'

export interface Database {
  /** Its name in the plan; on an external server it may have another: {@link databaseLogin}. */
  readonly name: string
  /** The role that owns it; its password is `secret(<secret>, 'password')`. */
  readonly owner: string
  readonly secret: string
  readonly extensions: readonly string[]
}

/** A client of the identity provider: a program that gets tokens for itself, or a web application that people log in to. */
export interface OidcClient {
  readonly id: string
  /** What people call it. */
  readonly title?: string
  readonly kind: 'service' | 'web'
  /** The `aud` of its tokens. */
  readonly audience: string
  /** Temporal's `permissions` claim: `<namespace>:<role>`. */
  readonly permissions: readonly string[]
  /** The `scope` claim, for HTTP APIs. */
  readonly scopes: readonly string[]
  readonly redirectUrls: readonly Value[]
  /** Its client secret is `secret(<secret>, 'client-secret')`. */
  readonly secret: string
}
