import { errors, jwtVerify, type JWTPayload } from 'jose'
import { problem, type ApiProblem } from '../http/api-problem.ts'
import { createKeySource } from './key-source.ts'
import { type Role, roleIn } from './roles.ts'
import { VerifiedTokens } from './verified-tokens.ts'

/** Who calls, as a verified access token says. */
export interface Caller {
  readonly subject: string
  /** Of the claim `scope` (or `scp`, as some providers call it). */
  readonly scopes: ReadonlySet<string>
  /** Of the claim `permissions`, in Temporal's dialect, for the API's namespace. */
  readonly role: Role | undefined
  /** Everything that the token says. */
  readonly claims: JWTPayload
}

export interface Verifier {
  /** The caller of a token. Throws an {@link ApiProblem}: 401 for a bad token, 503 when the keys cannot be had. */
  verify(token: string): Promise<Caller>
  /** Fetches the keys. Rejects when the issuer cannot be reached. */
  refresh(signal: AbortSignal): Promise<void>
}

export interface VerifierOptions {
  /** The provider's URL, exactly as in the `iss` of its tokens. */
  readonly issuer: string
  /** The `aud` that a token must have. */
  readonly audience: string
  /** The Temporal namespace whose `permissions` count. @default none do */
  readonly namespace?: string
  /** Milliseconds after which an unknown key id may fetch the keys once more. @default 5000 */
  readonly cooldownMs?: number
}

/** Seconds that the clocks of provider and API may differ. */
const CLOCK_TOLERANCE_S = 30
/** Public keys only: a token that is signed with a shared secret, or not at all, is refused. */
const ALGORITHMS = ['RS256', 'ES256']
/** Some providers mark access tokens (RFC 9068), some only say JWT, some say nothing. Any other type is some other token. */
const TYPES = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt'])

/** OpenID Connect allows no longer ones. It becomes part of ids of workflows, and of lines of logs. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/

/** Verifies access tokens of one issuer with the keys that its discovery document names. */
export function createVerifier({ issuer, audience, namespace, cooldownMs }: VerifierOptions): Verifier {
  const keys = createKeySource(issuer, cooldownMs)
  const verified = new VerifiedTokens()
  return {
    async verify(token) {
      try {
        const known = verified.get(token, CLOCK_TOLERANCE_S)
        // Only as long as the issuer has the very key.
        if (known && (await keys.key(known.header)) === known.key) return known.caller
        const { payload, protectedHeader, key } = await jwtVerify(token, keys.key, {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          clockTolerance: CLOCK_TOLERANCE_S,
          requiredClaims: ['exp', 'sub'],
        })
        if (!TYPES.has(protectedHeader.typ?.toLowerCase())) throw invalidToken('it is not an access token')
        const caller = callerOf(payload, namespace)
        verified.set(token, { caller, header: protectedHeader, key })
        return caller
      } catch (error) {
        throw authenticationProblem(error)
      }
    },
    refresh: (signal) => keys.refresh(signal),
  }
}

/** The 401 of a token that is there but no good (RFC 6750, section 3.1). */
export function invalidToken(reason: string, cause?: unknown): ApiProblem {
  return problem('unauthenticated', `the access token is not valid: ${reason}`, {
    headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${reason.replaceAll(/["\\]/g, "'")}"` },
    ...(cause !== undefined && { cause }),
  })
}

function callerOf(claims: JWTPayload, namespace: string | undefined): Caller {
  const { sub, scope, scp, permissions } = claims as Readonly<Record<string, unknown>>
  if (typeof sub !== 'string' || !SUBJECT.test(sub)) throw invalidToken("its claim 'sub' is not accepted")
  const role = namespace === undefined ? undefined : roleIn(namespace, permissions)
  return { subject: sub, scopes: new Set([...words(scope), ...words(scp)]), role, claims }
}

/** Words of a text, or of a list of texts. */
function words(claim: unknown): string[] {
  return [claim].flat().flatMap((each) => (typeof each === 'string' ? each.split(' ').filter((word) => word !== '') : []))
}

/** What is wrong with a token, by the code of the library's error. Other errors are about the keys, not the token. */
const TOKEN_ERRORS: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'it has expired',
  ERR_JWT_INVALID: 'it is not a JSON Web Token',
  ERR_JWS_INVALID: 'it is not a signed JSON Web Token',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'its signature is wrong',
  ERR_JWKS_NO_MATCHING_KEY: 'its issuer has no such key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'it does not say which key it is signed with',
  ERR_JOSE_ALG_NOT_ALLOWED: 'its algorithm is not allowed',
  ERR_JOSE_NOT_SUPPORTED: 'its algorithm is not allowed',
}

function authenticationProblem(error: unknown): unknown {
  if (error instanceof errors.JWTClaimValidationFailed && !(error instanceof errors.JWTExpired))
    return invalidToken(`its claim '${error.claim}' is not accepted`, error)
  const reason = error instanceof errors.JOSEError ? TOKEN_ERRORS[error.code] : undefined
  if (reason !== undefined) return invalidToken(reason, error)
  if (error instanceof Error && error.name === 'ApiProblem') return error
  return problem('keys-unavailable', 'the identity provider does not answer; try again', { cause: error })
}
