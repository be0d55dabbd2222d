import { readFileSync } from 'node:fs'
import type { BalancerConfiguration } from '@sundial/platform/process'
import { pino } from 'pino'
import { startBalancer } from './balancer.ts'

/** Runs a balancer until SIGTERM or SIGINT. Exit code 2: it could not be started, and standard error says why. */
async function main(file: string | undefined): Promise<void> {
  if (file === undefined) throw new Error('name the configuration file: main.js <balancer.json>')
  const configuration = JSON.parse(readFileSync(file, 'utf8')) as BalancerConfiguration
  const logger = pino({ name: 'balancer', base: { pid: process.pid } })
  const balancer = await startBalancer(configuration, logger)
  logger.info({ ports: configuration.ports, backends: configuration.backends.map(({ name }) => name) }, 'listening')
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    await balancer.close()
    logger.info({ signal }, 'stopped')
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

try {
  await main(process.argv[2])
} catch (error) {
  const { code, address, port, stack } = error as NodeJS.ErrnoException & { address?: string; port?: number }
  console.error(`balancer: ${code === 'EADDRINUSE' ? `${address}:${port} is in use by another program` : stack}`)
  // Not only the exit code: what listens already would keep it running.
  process.exit(2)
}
