import { spawn } from 'node:child_process'
import { notRunning, processEnvironment, readStatus, stateFolder } from '@sundial/local'
import { suggest, SundialError } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'

export async function run({ args: [name = '', command = '', ...rest], options }: CommandCall): Promise<number> {
  const project = findProject()
  const plan = await loadPlan(project, options)
  const state = stateFolder(project.folder, plan.platform.environment)
  const status = await readStatus(state)
  if (!status) throw await notRunning(state)
  const known = status.processes.map((process) => process.name)
  if (!known.includes(name)) {
    throw new SundialError('SUN_UNKNOWN_NAME', `there is no process "${name}"`, { hint: suggest(name, known) ?? `It must be one of ${known.join(', ')}.` })
  }
  const env = { ...process.env, ...(await processEnvironment(name, { plan, projectFolder: project.folder, state })) }
  const child = spawn(command, rest, { env, stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new SundialError('SUN_USAGE', `${command} cannot be run: ${error.message}`, { hint: 'Write a program after "--".' })))
    // As a shell has it.
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })
}
