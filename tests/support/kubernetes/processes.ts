import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How long a program may take to stop when told to, milliseconds. */
const STOP_MS = 10_000
/** Of a log, what is shown when its program has ended. */
const TAIL = 2_000

interface Running {
  readonly name: string
  readonly child: ChildProcess
}

/** Programs of a test, each with its log in a folder. */
export class Processes {
  readonly #folder: string
  readonly #running: Running[] = []

  constructor(folder: string) {
    this.#folder = folder
  }

  async start(name: string, program: string, args: readonly string[]): Promise<void> {
    const log = await open(join(this.#folder, `${name}.log`), 'w')
    const child = spawn(program, args, { cwd: this.#folder, stdio: ['ignore', log.fd, log.fd] })
    await once(child, 'spawn')
    await log.close()
    this.#running.push({ name, child })
  }

  /** @throws with the end of its log, if a program has ended */
  async check(): Promise<void> {
    for (const { name, child } of this.#running) {
      if (child.exitCode === null && child.signalCode === null) continue
      const log = await readFile(join(this.#folder, `${name}.log`), 'utf8')
      throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode}:\n${log.slice(-TAIL)}`)
    }
  }

  /** The last one that was started is stopped first: the others need those before them. */
  async stop(): Promise<void> {
    for (const { child } of this.#running.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(timer)
    }
  }
}
