import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Logger } from 'pino'

/** Logs what clients were given and what they were refused: who and why, never a token, a code or a secret. */
export function logEvents(provider: Provider, logger: Logger): void {
  provider.on('grant.success', (context) => logger.info(describe(context), 'token issued'))
  provider.on('grant.error', (context, error) => logger.warn({ ...describe(context), ...reason(error) }, 'token refused'))
  provider.on('authorization.error', (context, error) => logger.warn({ ...describe(context), ...reason(error) }, 'authorization refused'))
  provider.on('end_session.success', (context) => logger.info(describe(context), 'signed out'))
  provider.on('server_error', (context, error) => logger.error({ ...describe(context), err: error }, 'request failed'))
}

function describe(context: KoaContextWithOIDC): Record<string, unknown> {
  const { client, params } = context.oidc
  return { client: client?.clientId, grant: params?.grant_type, path: context.path }
}

/** `detail` is the library's reason for people who run it ("invalid secret provided"); callers get less. */
function reason(error: Error & { error?: string; error_description?: string; error_detail?: string }): Record<string, unknown> {
  return { error: error.error ?? error.name, description: error.error_description, detail: error.error_detail }
}
