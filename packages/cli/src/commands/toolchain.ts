import { installPrograms } from '@sundial/local'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson } from '../output.ts'
import { ProgressLine } from '../progress.ts'
import { toolchainView } from '../views/toolchain-view.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const plan = await loadPlan(findProject(), options)
  const progress = new ProgressLine()
  const programs = await installPrograms(plan, { onProgress: (event) => progress.program(event) }).finally(() => progress.clear())
  if (options['json']) printJson(programs)
  else print(toolchainView(programs))
}
