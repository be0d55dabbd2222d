import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Plan } from '@sundial/platform/model'
import type { ProcessPlan, ProcessSpec } from '@sundial/platform/process'
import { processPorts, renderProcesses } from '@sundial/platform/render'
import { isNewDataFolder, preparedMark, unflushedMark } from '../postgresql/index.ts'
import type { InstalledProgram } from '../programs.ts'
import type { StateFolder } from '../state/index.ts'
import { DoneJobs, endOrphans, type Supervisor } from '../supervisor/index.ts'
import { databasesFolder } from '../toolchain/index.ts'
import { copyFolder } from './copy-folder.ts'
import { databaseProcesses, databaseServer } from './database-processes.ts'
import { makeDatabase } from './make-database.ts'

/** Counts up when what is kept would be made in another way. */
const FORMAT = 1
/** So many are kept, each of some 70 MB: those that were made last. */
const KEPT = 3

export interface PreparedDatabaseOptions {
  readonly plan: Plan
  readonly projectFolder: string
  readonly state: StateFolder
  readonly programs: readonly InstalledProgram[]
}

/**
 * The data folder of the database as it is before anyone uses it: cluster, roles, databases and Temporal's schemas. It is the same for every platform of the same
 * plan and programs, and takes seconds to make, so one is kept in the cache folder, and a first start begins with a copy. Passwords are the platform's own.
 */
export class PreparedDatabase {
  readonly #options: PreparedDatabaseOptions
  readonly #closing = new AbortController()
  readonly #folder: string
  /** Nothing where others run the database. */
  readonly #dataFolder: string | undefined
  /** The copy, when there is one, and whether it could be made. */
  #copy: Promise<string> | undefined
  #making: Promise<void> = Promise.resolve()
  #used = false

  constructor(options: PreparedDatabaseOptions) {
    this.#options = options
    const processes = databaseProcesses(renderNowhere(options.plan).processes)
    this.#folder = join(databasesFolder(process.env), keyOf(processes, options.programs))
    const folder = databaseServer(processes)?.folders[0]
    this.#dataFolder = folder && join(options.state.root, relative(NOWHERE.stateFolder, folder))
  }

  /** Begins to copy one where there are no data yet: that takes as long as other things that a start prepares. */
  async begin(): Promise<void> {
    const to = this.#dataFolder
    if (to === undefined || !existsSync(this.#folder) || !(await isNewDataFolder(to))) return
    this.#copy = copyTo(this.#folder, `${to}.incomplete`)
    // It is waited for later, or the start has failed.
    this.#copy.catch(() => {})
  }

  /** Puts the copy in place. What it has in it need not be waited for. */
  async use({ processes }: Pick<ProcessPlan, 'processes'>): Promise<void> {
    const dataFolder = this.#dataFolder
    if (dataFolder === undefined || this.#copy === undefined) return
    const copy = await this.#copy
    for (const mark of [unflushedMark(dataFolder), preparedMark(dataFolder)]) await writeFile(mark, '')
    await rename(copy, dataFolder)
    const done = new DoneJobs(this.#options.state.data)
    // What stands before the server makes the copy this platform's own.
    const [, ...jobs] = databaseProcesses(processes).filter(({ kind }) => kind === 'job')
    for (const job of jobs) done.add(job)
    this.#used = true
  }

  /** Makes one when all is ready and there is none. One that did not lead to a start is thrown away. */
  async makeOnceReady(supervisor: Pick<Supervisor, 'whenReady'>): Promise<void> {
    if (this.#dataFolder === undefined) return
    try {
      await supervisor.whenReady()
    } catch {
      if (this.#used && !this.#closing.signal.aborted) await rm(this.#folder, { recursive: true, force: true })
      return
    }
    if (!this.#used && !this.#closing.signal.aborted && !existsSync(this.#folder)) this.#making = this.#make()
    await this.#making
  }

  /** Stops making one. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#making
  }

  async #make(): Promise<void> {
    const { state, ...rest } = this.#options
    try {
      await makeDatabase({ ...rest, scratch: scratchFolder(state), target: this.#folder, signal: this.#closing.signal })
      await removeOld()
    } catch (error) {
      if (!this.#closing.signal.aborted) process.emitWarning(`the database of the next first start could not be prepared: ${String(error)}`)
    }
  }
}

/** A machine for plans that are only compared. */
const NOWHERE = { projectFolder: '/project', stateFolder: '/state', resolveModule: (specifier: string) => specifier }

function renderNowhere(plan: Plan): ProcessPlan {
  return renderProcesses(plan, { ...NOWHERE, ports: Object.fromEntries(processPorts(plan).map(({ key }, index) => [key, index + 1])) })
}

/** The same for databases that have the same in them, wherever they run. */
function keyOf(processes: readonly ProcessSpec[], programs: readonly InstalledProgram[]): string {
  const content = processes.map(({ name, program, args, env, files }) => ({ name, program, args, env, files }))
  const version = programs.find(({ name }) => name === 'postgresql')?.version
  return createHash('sha256').update(JSON.stringify({ FORMAT, version, content })).digest('hex').slice(0, 16)
}

async function copyTo(from: string, to: string): Promise<string> {
  await rm(to, { recursive: true, force: true })
  await copyFolder(from, to)
  return to
}

/** What a killed process was making. */
export async function removeUnfinished(state: StateFolder): Promise<void> {
  const scratch = scratchFolder(state)
  if (!existsSync(scratch)) return
  await endOrphans(join(scratch, 'run'))
  await rm(scratch, { recursive: true, force: true })
}

function scratchFolder(state: StateFolder): string {
  return join(state.root, 'preparing')
}

async function removeOld(): Promise<void> {
  const folder = databasesFolder(process.env)
  const all = await Promise.all((await readdir(folder)).map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })))
  for (const { path } of all.toSorted((a, b) => b.at - a.at).slice(KEPT)) await rm(path, { recursive: true, force: true })
}
