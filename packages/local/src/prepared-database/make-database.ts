import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Plan } from '@sundial/platform/model'
import { processPorts, renderProcesses } from '@sundial/platform/render'
import { ensureCertificates } from '../certificates/index.ts'
import { launchOf } from '../launch.ts'
import { reservePort } from '../ports/index.ts'
import { flushDataFolder } from '../postgresql/index.ts'
import { resolveModule } from '../prepare.ts'
import type { InstalledProgram } from '../programs.ts'
import { ensureSecrets, writeConfigFile } from '../secrets/index.ts'
import { isSystemError, makePrivateFolder } from '../state/index.ts'
import { startSupervisor } from '../supervisor/index.ts'
import { copyFolder } from './copy-folder.ts'
import { databasePlan, databaseServer } from './database-processes.ts'

export interface MakeDatabaseOptions {
  readonly plan: Plan
  readonly projectFolder: string
  readonly programs: readonly InstalledProgram[]
  /** Where it is made: a state folder of its own. Removed afterwards. */
  readonly scratch: string
  /** Where the data folder goes when it is complete. */
  readonly target: string
  /** Gives up. */
  readonly signal: AbortSignal
}

/**
 * Runs the database of a plan with all that belongs into it before anyone uses it, as a platform of its own on ports of its own, and keeps its data folder.
 * Its passwords are known to nobody afterwards.
 */
export async function makeDatabase({ plan, projectFolder, programs, scratch, target, signal }: MakeDatabaseOptions): Promise<void> {
  try {
    await rm(scratch, { recursive: true, force: true })
    const rendered = renderProcesses(plan, { projectFolder, stateFolder: scratch, ports: await freePorts(plan), resolveModule })
    const { processes, ...things } = databasePlan(rendered)
    const readSecret = await ensureSecrets(things)
    await ensureCertificates(things)
    for (const { folders, files } of processes) {
      for (const folder of folders) await makePrivateFolder(folder)
      for (const file of files) await writeConfigFile(file, readSecret)
    }
    signal.throwIfAborted()
    const context = { programs, readSecret, folder: scratch }
    const supervisor = await startSupervisor({
      plan: { processes },
      logs: join(scratch, 'logs'),
      run: join(scratch, 'run'),
      prepare: (spec) => launchOf(spec, context),
    })
    const stop = (): void => void supervisor.stop()
    signal.addEventListener('abort', stop, { once: true })
    try {
      await supervisor.whenReady()
    } finally {
      await supervisor.stop()
      signal.removeEventListener('abort', stop)
    }
    await keep(databaseServer(processes)?.folders[0] ?? '', target)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function keep(dataFolder: string, target: string): Promise<void> {
  await flushDataFolder(dataFolder)
  const incomplete = `${target}.${process.pid}`
  await makePrivateFolder(dirname(target))
  try {
    await copyFolder(dataFolder, incomplete)
    await rename(incomplete, target)
  } catch (error) {
    await rm(incomplete, { recursive: true, force: true })
    // Another platform was first: its own is as good.
    if (!isSystemError(error, 'ENOTEMPTY', 'EEXIST')) throw error
  }
}

/** Any that are free now: nobody is told about them. */
async function freePorts(plan: Plan): Promise<Record<string, number>> {
  const reserved = await Promise.all(processPorts(plan).map(async ({ key }) => ({ key, reservation: await reservePort(0) })))
  for (const { reservation } of reserved) await reservation?.release()
  return Object.fromEntries(reserved.map(({ key, reservation }) => [key, reservation?.port ?? 0]))
}
