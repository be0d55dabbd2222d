import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface TestService {
  /** The lines of its log. */
  readonly log: readonly string[]
  /** Asks it to stop. */
  terminate(): void
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number | null>
}

const PROGRAM = fileURLToPath(new URL('../../dist/test/serve.js', import.meta.url))

/** Runs the API as a process of its own; build first. It has no environment but this. */
export function startService(env: Readonly<Record<string, string>>): TestService {
  const child = spawn(process.execPath, [PROGRAM], { env: { ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const log: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => log.push(line))
  return { log, terminate: () => void child.kill('SIGTERM'), ended: once(child, 'close').then(([code]) => code as number | null) }
}
