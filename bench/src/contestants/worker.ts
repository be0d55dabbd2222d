import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleFolder } from '@sundial/local'
import { NAMESPACE } from '../driver/access.ts'
import { startChild, whileRunning, type Child } from '../processes/child.ts'
import { cleanEnvironment } from '../processes/environment.ts'
import { until } from '../processes/until.ts'

/** A program that works for a contestant. */
export interface WorkerProgram {
  readonly module: string
  readonly env?: Readonly<Record<string, string>>
}

/** The worker of all contestants: Sundial's platform starts the same module. */
export const BENCH_WORKER: WorkerProgram = { module: builtModule('worker.js') }

/** A built module of the platform that is measured. */
export function builtModule(path: string): string {
  return fileURLToPath(new URL(`../../platform/dist/${path}`, import.meta.url))
}

export interface WorkerOptions {
  readonly folder: string
  /** Of the frontend. */
  readonly address: string
  /** Of its own health. */
  readonly port: number
  /** @default the worker of all contestants */
  readonly program?: WorkerProgram
}

/** Starts the worker for a server without encryption and credentials. It waits for the server. */
export function startWorker({ folder, address, port, program = BENCH_WORKER }: WorkerOptions): Promise<Child> {
  const settings = {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: NAMESPACE,
    OPERATIONS_ADDRESS: `127.0.0.1:${port}`,
    // Sundial's worker has it too.
    SUNDIAL_BUNDLE_CACHE: bundleFolder(process.env),
    ...program.env,
  }
  return startChild({
    name: 'the worker',
    command: process.execPath,
    // As Sundial starts it.
    args: ['--enable-source-maps', program.module],
    env: cleanEnvironment(settings),
    cwd: folder,
    log: join(folder, 'worker.log'),
  })
}

/** Resolves when the worker polls. */
export async function workerReady(worker: Child, port: number, signal: AbortSignal): Promise<void> {
  const ready = async () => ((await fetch(`http://127.0.0.1:${port}/readyz`)).ok ? true : undefined)
  await whileRunning(worker, until('the worker is ready', ready, { signal, everyMs: 50 }))
}
