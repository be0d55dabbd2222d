import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { notRunning, processEnvironment, readStatus, stateFolder } from '@sundial/local'
import type { Plan } from '@sundial/platform/model'
import { historyToJson, type NamespaceHistories, type NamespaceHistory } from '@sundial/worker/testing'
import type { Project } from '../config.ts'

/**
 * How to reach the namespace of an application: what our own environment says if it names a Temporal, else as the application's worker of the platform that
 * runs on this machine.
 * @throws SundialError `SUN_NOT_RUNNING` if there is none
 */
export async function liveEnvironment(application: string, plan: Plan, project: Project): Promise<NodeJS.ProcessEnv> {
  if (process.env['TEMPORAL_ADDRESS']) return process.env
  const state = stateFolder(project.folder, plan.platform.environment)
  if (!(await readStatus(state))) throw await notRunning(state)
  return processEnvironment(`${application}-worker`, { plan, projectFolder: project.folder, state })
}

/** Passes the histories on, and writes each to a file of the folder in the form of Temporal's tools. */
export async function* recording(source: NamespaceHistories, folder: string | undefined): AsyncGenerator<NamespaceHistory> {
  if (folder !== undefined) await mkdir(folder, { recursive: true })
  for await (const found of source.histories()) {
    if (folder !== undefined) await writeFile(join(folder, fileName(found)), `${JSON.stringify(historyToJson(found.history), undefined, 2)}\n`)
    yield found
  }
}

/** An id may hold anything. */
function fileName({ workflowType, workflowId, runId }: NamespaceHistory): string {
  return `${workflowType}-${workflowId}`.replaceAll(/[^\w.-]+/g, '_').slice(0, 120) + `-${runId.slice(-6)}.json`
}
