import { pino } from 'pino'
import { ConfigurationError } from './configuration-error.ts'
import { readConfiguration } from './read-configuration.ts'
import { startIdentityProvider } from './server.ts'

export type { IdentityProviderClient, IdentityProviderConfiguration, IdentityProviderUser } from './configuration.ts'

/** Runs an identity provider until SIGTERM or SIGINT. Exit code 2: it could not be started, and standard error says why. */
async function main(file: string | undefined): Promise<void> {
  if (file === undefined) throw new ConfigurationError('the command line', ['name the configuration file: main.js <configuration.json>'])
  const loaded = readConfiguration(file)
  const logger = pino({ name: 'identity-provider', level: process.env.LOG_LEVEL ?? 'info', base: { pid: process.pid } })
  // The library speaks through the console, some of it while it is loaded. Every line of the log is JSON.
  console.info = (message: string) => logger.info(message)
  console.warn = (message: string) => logger.warn(message)
  const provider = await startIdentityProvider(loaded, logger)
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    logger.info({ signal }, 'stopping')
    await provider.close()
    logger.info('stopped')
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

/** What a user can fix is said in a line; everything else keeps its stack. */
function explain(error: NodeJS.ErrnoException & { address?: string; port?: number }): string {
  if (error instanceof ConfigurationError) return error.message
  if (error.code === 'EADDRINUSE') return `${error.address}:${error.port} is in use by another program; stop it, or change "listen" and "issuer"`
  return error.stack ?? error.message
}

try {
  await main(process.argv[2])
} catch (error) {
  console.error(`identity-provider: ${explain(error as Error)}`)
  process.exitCode = 2
}
