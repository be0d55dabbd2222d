import { spawn, type ChildProcess } from 'node:child_process'
import { COMMAND } from './command.ts'

/** `./sundial dev` in a project, and what it says. */
export class DevSession {
  readonly #child: ChildProcess
  readonly #exited: Promise<number | null>
  #output = ''
  #seen = 0
  #ended = false
  /** Lets whoever waits look again. */
  #wake = (): void => undefined

  constructor(folder: string, stateRoot: string) {
    const env = { ...process.env, SUNDIAL_STATE: stateRoot, NO_COLOR: '1' }
    this.#child = spawn(process.execPath, [COMMAND, 'dev'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => this.#heard(chunk))
    this.#exited = new Promise((resolve) =>
      this.#child.once('close', (code) => {
        this.#ended = true
        this.#wake()
        resolve(code)
      }),
    )
  }

  /** Waits until it says this, after what was waited for last. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#output.slice(this.#seen))
      if (found) {
        this.#seen += found.index + found[0].length
        return found
      }
      if (this.#ended) throw new Error(`it ended before ${pattern}:\n${this.#output}`)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** Waits for the restart of a process after a change, and gives its seconds since the save. */
  async restarts(name: string): Promise<number> {
    return Number((await this.says(new RegExp(`✓ ${name} restarted, ([\\d.]+) s after the save`)))[1])
  }

  /** Ctrl-C. Gives the exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGINT')
    return this.#exited
  }

  #heard(chunk: string): void {
    this.#output += chunk
    this.#wake()
  }
}
