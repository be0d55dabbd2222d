import { join, resolve } from 'node:path'
import { SundialError } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { buildContract } from '../contracts/build-contract.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson, shownPath, table } from '../output.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const project = findProject()
  const { applications } = (await loadPlan(project, { environment: 'development' })).platform
  const wanted = options['application']
  if (typeof wanted === 'string' && !Object.hasOwn(applications, wanted)) {
    throw new SundialError('SUN_UNKNOWN_NAME', `there is no application "${wanted}"`, { hint: `It must be one of ${Object.keys(applications).join(', ')}.` })
  }
  const out = typeof options['out'] === 'string' ? resolve(options['out']) : join(project.folder, 'dist', 'contracts')
  const files = []
  for (const [application, { contract, worker }] of Object.entries(applications)) {
    if (wanted !== undefined && application !== wanted) continue
    const built = await buildContract({ application, contract, workerModule: join(project.folder, worker.module), folder: join(out, contract.name) })
    files.push(...built.map((file) => ({ application, contract: contract.name, ...file })))
  }
  if (options['json']) return printJson(files)
  print(
    table(files, [
      { title: 'FILE', value: ({ path }) => shownPath(path) },
      { title: 'KIB', value: ({ bytes }) => (bytes / 1024).toFixed(0) },
      { title: 'WHAT', value: ({ what }) => what },
    ]),
  )
}
