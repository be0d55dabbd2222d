import { SundialError, type EnvironmentName } from '@sundial/platform'
import { compareTrees } from '@sundial/platform/compare'
import type { AnyObject } from '@sundial/platform/validate'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { clusterObjects } from '../kubernetes/cluster-objects.ts'
import { readManifestFiles } from '../kubernetes/manifest-files.ts'
import { renderEnvironments } from '../kubernetes/render-environments.ts'
import { print, printJson } from '../output.ts'
import { treeChangesView } from '../views/tree-changes.ts'

export async function run({ args, options }: CommandCall): Promise<number> {
  const { before, after } = await sidesOf(args, options)
  const changes = compareTrees(before, after)
  const isDifferent = changes.objects.length + changes.settled.length > 0
  if (options['json']) printJson({ different: isDifferent, ...changes })
  else print(treeChangesView(changes, { whole: options['all'] === true }))
  return isDifferent ? 1 : 0
}

interface Sides {
  readonly before: readonly AnyObject[]
  readonly after: readonly AnyObject[]
}

async function sidesOf(trees: readonly string[], options: CommandCall['options']): Promise<Sides> {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined)
  const [environment, other] = [text('environment'), text('with')].map((name) => (name === undefined ? undefined : environmentName(name)))
  if (options['cluster'] === true && trees.length === 0 && other === undefined) {
    const name = environment ?? 'development'
    return clusterObjects((await rendered([name])).get(name) ?? [], { context: text('context') })
  }
  if (trees.length === 2 && environment === undefined && other === undefined && options['cluster'] !== true) {
    const [before, after] = await Promise.all(trees.map(async (tree) => (await readManifestFiles([tree])).objects.map(({ object }) => object)))
    return { before: before ?? [], after: after ?? [] }
  }
  if (trees.length === 0 && environment !== undefined && other !== undefined) {
    const both = await rendered([environment, other])
    return { before: both.get(environment) ?? [], after: both.get(other) ?? [] }
  }
  throw new SundialError('SUN_USAGE', 'it is not clear what is to be compared', {
    hint: 'Say two trees, or --environment A --with B, or --cluster with an environment.',
  })
}

async function rendered(names: readonly EnvironmentName[]) {
  const clusters = await renderEnvironments(findProject(), names)
  return new Map([...clusters].map(([name, { objects }]) => [name, objects]))
}
