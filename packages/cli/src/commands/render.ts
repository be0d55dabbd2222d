import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SundialError, type EnvironmentName } from '@sundial/platform'
import { objectsAsYaml } from '@sundial/platform/kubernetes'
import { renderTree } from '@sundial/platform/render-kubernetes'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject, type Project } from '../config.ts'
import { renderEnvironments } from '../kubernetes/render-environments.ts'
import { compareTree, writeTree, type TreeDifference } from '../kubernetes/tree-files.ts'
import { print, printJson, shownPath } from '../output.ts'
import { treeDifferenceView } from '../views/tree-difference.ts'

/** Where the tree is, from the project's folder, if nothing else is said. */
const DEFAULT_FOLDER = 'deploy'

export async function run({ options }: CommandCall): Promise<number> {
  const project = findProject()
  const out = typeof options['out'] === 'string' ? options['out'] : undefined
  const check = options['check'] === true
  if (options['environment'] === undefined) return await renderWhole(project, { out, check, json: options['json'] === true })
  if (check) throw new SundialError('SUN_USAGE', '--check compares a whole tree, and goes with no --environment', { hint: 'Leave one of them out.' })
  return await renderOne(project, environmentName(String(options['environment'])), out)
}

async function renderWhole(project: Project, { out, check, json }: { out: string | undefined; check: boolean; json: boolean }): Promise<number> {
  const root = out === undefined ? resolve(project.folder, DEFAULT_FOLDER) : resolve(out)
  const clusters = await renderEnvironments(project)
  const files = renderTree(clusters)
  const difference = check ? await compareTree(root, files) : await writeTree(root, files)
  if (json) printJson({ root, files: files.length, objects: [...clusters.values()].reduce((sum, { objects }) => sum + objects.length, 0), ...difference })
  else print(treeDifferenceView(difference, { root: shownPath(root), files: files.length, check }))
  return check && isDifferent(difference) ? 1 : 0
}

function isDifferent({ added, changed, removed }: TreeDifference): boolean {
  return added.length + changed.length + removed.length > 0
}

async function renderOne(project: Project, environment: EnvironmentName, out: string | undefined): Promise<number> {
  const rendered = (await renderEnvironments(project, [environment])).get(environment)
  const text = objectsAsYaml(rendered?.objects ?? [])
  if (out === undefined) process.stdout.write(text)
  else await writeFile(out, text)
  return 0
}
