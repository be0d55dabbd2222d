import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild, whileRunning, type Child } from '../processes/child.ts'
import { cleanEnvironment } from '../processes/environment.ts'
import type { DriverTasks, Reply, TaskName } from './messages.ts'

/** Built: a process is started with it. */
const MODULE = fileURLToPath(new URL('../../dist/driver/main.js', import.meta.url))

/** The process that starts workflows and waits for them. */
export class Driver {
  readonly child: Child

  private constructor(child: Child) {
    this.child = child
  }

  /** Starts it. Resolves when it has loaded all that it needs. */
  static async start(folder: string): Promise<Driver> {
    const log = join(folder, 'driver.log')
    const options = { name: 'the driver', command: process.execPath, args: [MODULE], env: cleanEnvironment(), cwd: folder, log, channel: true }
    const driver = new Driver(await startChild(options))
    await driver.#answer()
    return driver
  }

  /** Has it do something. Rejects when that fails, or when the driver ends. */
  async perform<Name extends TaskName>(task: Name, ask: DriverTasks[Name]['ask']): Promise<DriverTasks[Name]['answer']> {
    this.child.process.send({ task, ...ask })
    const reply = await this.#answer()
    if (reply.kind === 'failed') throw new Error(`the driver could not perform ${task}: ${reply.message}`)
    return reply.kind === 'done' ? (reply.answer as DriverTasks[Name]['answer']) : Promise.reject(new Error(`the driver did not answer ${task}`))
  }

  stop(): Promise<void> {
    return this.child.stop()
  }

  async #answer(): Promise<Reply> {
    const [reply] = (await whileRunning(this.child, once(this.child.process, 'message'))) as [Reply]
    return reply
  }
}
