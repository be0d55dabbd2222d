import { installPrograms, installTestServer } from '@sundial/local'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson } from '../output.ts'
import { ProgressLine } from '../progress.ts'
import { toolchainView } from '../views/toolchain-view.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const plan = await loadPlan(findProject(), options)
  const progress = new ProgressLine()
  const all = async () => {
    const installing = { onProgress: progress.program.bind(progress) }
    const programs = await installPrograms(plan, installing)
    return options['testing'] ? [...programs, await installTestServer(installing)] : programs
  }
  const programs = await all().finally(() => progress.clear())
  if (options['json']) printJson(programs)
  else print(toolchainView(programs))
}
