import { renderGraph } from '@sundial/platform/graph'
import { makePlan } from '@sundial/platform/plan'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject, loadPlatform } from '../config.ts'
import { printJson } from '../output.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const plan = makePlan(await loadPlatform(findProject(), environmentName(String(options['environment']))))
  if (options['json']) printJson(plan.connections)
  else process.stdout.write(renderGraph(plan))
}
