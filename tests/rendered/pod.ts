import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Machine } from './machine.ts'
import { placeFiles } from './pod-files.ts'
import type { Container, EnvironmentVariable, Workload } from './pod-shapes.ts'

/** After so many failures it is given up. */
const RESTARTS = 5

export interface Ended {
  readonly code: number | null
  readonly output: string
}

/** A rendered pod as processes: its files, environment, command lines and probes are the rendered ones. */
export class Pod {
  readonly name: string
  readonly #root: string
  readonly #machine: Machine
  readonly #spec: Workload['spec']['template']['spec']
  #child: ChildProcess | undefined
  #isStopping = false
  #restarts = 0
  #output = ''

  private constructor(workload: Workload, machine: Machine) {
    this.name = workload.metadata.name
    this.#root = join(machine.folder, 'pods', this.name)
    this.#machine = machine
    this.#spec = workload.spec.template.spec
  }

  static async create(workload: Workload, machine: Machine): Promise<Pod> {
    const pod = new Pod(workload, machine)
    await placeFiles(pod.#spec, pod.#root, machine)
    return pod
  }

  /** Runs all containers one after the other, as a job's pod does. @throws Error if one fails */
  async complete(): Promise<void> {
    for (const container of [...(this.#spec.initContainers ?? []), ...this.#spec.containers]) {
      const { code, output } = await this.#run([...container.command, ...(container.args ?? [])], container)
      if (code !== 0) throw new Error(`${container.name} of ${this.name} ended with ${code}:\n${output}`)
    }
  }

  /** Starts it, and again when it fails, as a kubelet does: on a busy machine a role may not find the others in its time. */
  start(): void {
    const [container] = this.#spec.containers
    const child = this.#spawn([...container.command, ...(container.args ?? [])], container)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (this.#output += piece.toString()))
    child.once('exit', () => {
      if (this.#isStopping || this.#restarts === RESTARTS) return
      this.#restarts++
      this.start()
    })
    this.#child = child
  }

  /** What it has said. */
  get output(): string {
    return this.#output
  }

  get isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null
  }

  /** Asks what the kubelet asks. @param change makes another question of it */
  async probe(change: (args: readonly string[]) => readonly string[] = (args) => args): Promise<Ended> {
    const [container] = this.#spec.containers
    const command = container.readinessProbe?.exec?.command
    if (!command) throw new Error(`${this.name} has no command as its readiness probe`)
    // Inside of the pod, this is the pod.
    return this.#run(
      change(command).map((part) => part.replaceAll('127.0.0.1', this.#machine.address)),
      container,
    )
  }

  /** Asks it to stop, and kills it after the pod's grace. */
  async stop(): Promise<Ended> {
    this.#isStopping = true
    const child = this.#child
    if (!child || !this.isRunning) return { code: child?.exitCode ?? null, output: this.#output }
    const ended = once(child, 'close')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), this.#spec.terminationGracePeriodSeconds * 1000)
    await ended
    clearTimeout(timer)
    return { code: child.exitCode, output: this.#output }
  }

  async #run(command: readonly string[], container: Container): Promise<Ended> {
    const child = this.#spawn(command, container)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (output += piece.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, output }
  }

  #spawn([program = '', ...args]: readonly string[], { env }: Container): ChildProcess {
    const name = program.slice(program.lastIndexOf('/') + 1)
    const path = this.#machine.programs[name]
    if (path === undefined) throw new Error(`nobody knows where ${program} is on this machine`)
    const environment = Object.fromEntries(env.map((variable) => [variable.name, this.#value(variable)]))
    const replaced = args.map((part) => this.#machine.replaced(part, this.#root))
    return spawn(path, replaced, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  }

  #value({ name, value, valueFrom }: EnvironmentVariable): string {
    if (value !== undefined) return this.#machine.replaced(value, this.#root)
    if (valueFrom?.fieldRef?.fieldPath === 'status.podIP') return this.#machine.address
    const secret = valueFrom?.secretKeyRef
    const found = secret && this.#machine.secrets[secret.name]?.[secret.key]
    if (found === undefined) throw new Error(`nobody has the value of ${name} of ${this.name}`)
    return found
  }
}
