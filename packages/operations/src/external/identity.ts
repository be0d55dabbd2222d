import { setTimeout as pause } from 'node:timers/promises'
import { discoverProvider, type Logger, type ProviderMetadata, TokenError } from '@sundial/runtime'
import { UnusableError } from './job.ts'

/** Milliseconds between two attempts to reach it, and for one. */
const PERIOD_MS = 500
const TIMEOUT_MS = 5000

export interface IdentitySettings {
  readonly issuer: string
  readonly jwksUrl?: string | undefined
  readonly patienceSeconds: number
}

/** Discovers the provider, and compares its keys' address with the configured one. Throws an {@link UnusableError} with what is wrong. */
export async function checkIdentity({ issuer, jwksUrl, patienceSeconds }: IdentitySettings, logger: Logger): Promise<void> {
  const { tokenEndpoint, jwksUri } = await discover(issuer, { deadline: Date.now() + patienceSeconds * 1000, logger })
  const problems = [
    ...(tokenEndpoint === undefined ? ['its discovery document names no "token_endpoint": programs cannot get tokens there'] : []),
    ...(jwksUrl !== undefined && jwksUri !== jwksUrl
      ? [`its keys are at ${jwksUri}, and identity.external.jwksUrl says ${jwksUrl}: write the first there, or Temporal refuses every token`]
      : []),
  ]
  if (problems.length > 0) throw unusable(issuer, problems)
  logger.info({ issuer }, 'the identity provider is there')
}

async function discover(issuer: string, { deadline, logger }: { deadline: number; logger: Logger }): Promise<ProviderMetadata> {
  for (;;) {
    try {
      return await discoverProvider(issuer, AbortSignal.timeout(TIMEOUT_MS))
    } catch (error) {
      if (!(error instanceof TokenError)) throw error
      if (Date.now() >= deadline) throw unusable(issuer, [`${error.message}. Check identity.external.issuer, and that the provider is up`])
      logger.info({ reason: error.message }, 'the identity provider does not answer yet')
    }
    await pause(PERIOD_MS)
  }
}

function unusable(issuer: string, problems: readonly string[]): UnusableError {
  return new UnusableError(`the identity provider ${issuer}`, problems)
}
