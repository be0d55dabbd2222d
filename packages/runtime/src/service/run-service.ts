import type { Logger } from '../logging/logger.ts'

/** What a service is told of its own life, and can say about it. */
export interface Lifecycle {
  /** Runs when the service stops, after everything that was registered later. Use it right after what it undoes. */
  onStop(name: string, stop: () => Promise<void> | void): void
  /** Aborted when the service begins to stop: give it to whatever waits. */
  readonly signal: AbortSignal
  /** Stops the service because something that it cannot do without has failed: it ends with exit code 1. */
  fail(error: unknown): void
}

export interface RunServiceOptions {
  /**
   * Milliseconds that stopping may take before the process says what it was at, and exits as it is. Some seconds less than whoever stops it waits,
   * or it is killed before it can say so. @default 27000, for Kubernetes' default of 30 s
   */
  readonly stopDeadlineMs?: number
}

const STOP_DEADLINE_MS = 27_000

/** How long the process may still live after an orderly stop, in milliseconds, if something forgotten keeps it alive. */
const LINGER_MS = 1000

/**
 * Runs a service until SIGTERM or SIGINT, a failure, or an error that nobody caught, and then stops it: the functions given to
 * `onStop` run once, last first, one after the other, whether or not one of them fails. A second signal exits at once.
 * `start` ends when the service is up. The exit code is 0 after an orderly stop and 1 after a failure.
 */
export async function runService(logger: Logger, start: (lifecycle: Lifecycle) => Promise<void>, options: RunServiceOptions = {}): Promise<void> {
  const { stopDeadlineMs = STOP_DEADLINE_MS } = options
  const stops: { name: string; stop: () => Promise<void> | void }[] = []
  const stopping = new AbortController()
  const asked = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve(), { once: true }))
  // Nothing else may hold the process while a start waits for something.
  const keepAlive = setInterval(() => {}, 2 ** 30)
  let exitCode = 0

  const begin = (reason: string) => stopping.abort(new Error(`stopping: ${reason}`))
  const fail = (error: unknown) => {
    exitCode = 1
    logger.fatal({ err: error }, 'the service failed')
    begin('failure')
  }
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) {
      logger.warn({ signal }, 'second signal: exiting at once')
      process.exit(1)
    }
    logger.info({ signal, stopDeadlineMs }, 'stopping')
    begin(signal)
  }
  const listeners = [
    ['SIGTERM', onSignal],
    ['SIGINT', onSignal],
    ['uncaughtException', fail],
    ['unhandledRejection', fail],
  ] as const
  for (const [event, listener] of listeners) process.on(event, listener)

  const lifecycle: Lifecycle = { onStop: (name, stop) => void stops.push({ name, stop }), signal: stopping.signal, fail }
  const started = start(lifecycle).then(
    () => logger.info('started'),
    // What a stop interrupts is not a failure.
    (error: unknown) => (stopping.signal.aborted ? undefined : fail(error)),
  )
  await asked
  let step = 'start'
  const deadline = setTimeout(() => {
    logger.fatal({ step }, 'stopping took too long')
    process.exit(1)
  }, stopDeadlineMs)
  // A start that is under way may still register what must be stopped.
  await started
  for (let next = stops.pop(); next; next = stops.pop()) {
    step = next.name
    try {
      await next.stop()
    } catch (error) {
      exitCode = 1
      logger.error({ err: error, step }, 'a step of stopping failed')
    }
  }
  clearTimeout(deadline)
  clearInterval(keepAlive)
  for (const [event, listener] of listeners) process.off(event, listener)
  logger.info({ exitCode }, 'stopped')
  process.exitCode = exitCode
  setTimeout(() => process.exit(exitCode), LINGER_MS).unref()
}
