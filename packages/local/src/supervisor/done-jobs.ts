import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessSpec } from '@sundial/platform/process'
import { bestEffort } from './best-effort.ts'
import { replaceFile } from './files.ts'

/** What is written of a service that has answered. */
const ANSWERED = 'answered'

/**
 * The lasting jobs that have completed on the data of this platform, by what they were then: program, arguments, environment, files. Whoever needs such a
 * job need not wait for it again. And the services that have answered on these data. It is written beside the data, and goes with them.
 */
export class DoneJobs {
  readonly #file: string | undefined
  readonly #done = new Map<string, string>()
  readonly #writing = bestEffort('which jobs are done is not written')

  /** @param folder of the data. @default every job is waited for */
  constructor(folder?: string) {
    this.#file = folder === undefined ? undefined : join(folder, 'done-jobs.json')
    for (const [name, hash] of Object.entries(read(this.#file))) if (typeof hash === 'string') this.#done.set(name, hash)
  }

  has(spec: ProcessSpec): boolean {
    return spec.lasting === true && this.#done.get(spec.name) === hashOf(spec)
  }

  add(spec: ProcessSpec): void {
    if (spec.lasting === true) this.#set(spec.name, hashOf(spec))
  }

  hasAnswered(service: string): boolean {
    return this.#done.get(service) === ANSWERED
  }

  addAnswered(service: string): void {
    this.#set(service, ANSWERED)
  }

  #set(name: string, what: string): void {
    const file = this.#file
    if (file === undefined || this.#done.get(name) === what) return
    this.#done.set(name, what)
    this.#writing(() => replaceFile(file, `${JSON.stringify(Object.fromEntries(this.#done), null, 2)}\n`))
  }
}

const hashes = new WeakMap<ProcessSpec, string>()

function hashOf(spec: ProcessSpec): string {
  const { program, args, env, files } = spec
  const known = hashes.get(spec)
  if (known !== undefined) return known
  // Another version of a job of ours has the same path.
  const changed = program.kind === 'node' ? statSync(program.module, { throwIfNoEntry: false })?.mtimeMs : undefined
  const hash = createHash('sha256').update(JSON.stringify({ program, changed, args, env, files })).digest('hex').slice(0, 16)
  hashes.set(spec, hash)
  return hash
}

/** One that is damaged or not there: nothing is done. */
function read(file: string | undefined): object {
  try {
    const content: unknown = file === undefined ? {} : JSON.parse(readFileSync(file, 'utf8'))
    return typeof content === 'object' && content !== null ? content : {}
  } catch {
    return {}
  }
}
