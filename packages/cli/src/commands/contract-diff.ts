import type { CommandCall } from '../commands.ts'
import { compareContracts } from '../contracts/compare-contracts.ts'
import { readManifests } from '../contracts/manifest-file.ts'
import { print, printJson } from '../output.ts'
import { contractChangesView } from '../views/contract-changes.ts'

export async function run({ args: [old = '', now = ''], options }: CommandCall): Promise<number> {
  const changes = compareContracts(await readManifests(old), await readManifests(now))
  const breaks = changes.some((change) => change.breaks.length > 0)
  if (options['json']) printJson({ breaks, changes })
  else print(contractChangesView(changes))
  return breaks ? 1 : 0
}
