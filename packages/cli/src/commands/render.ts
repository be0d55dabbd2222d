import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SundialError, type EnvironmentName } from '@sundial/platform'
import { objectsAsYaml } from '@sundial/platform/kubernetes'
import { renderTree } from '@sundial/platform/render-kubernetes'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject, type Project } from '../config.ts'
import { requireLocked } from '../kubernetes/require-locked.ts'
import { renderEnvironments } from '../kubernetes/render-environments.ts'
import { compareTree, writeTree, type TreeDifference } from '../kubernetes/tree-files.ts'
import { print, printJson, shownPath } from '../output.ts'
import { screen } from '../terminal.ts'
import { treeDifferenceView } from '../views/tree-difference.ts'

/** Where the tree is, from the project's folder, if nothing else is said. */
const DEFAULT_FOLDER = 'deploy'

export async function run({ options }: CommandCall): Promise<number> {
  const project = findProject()
  const out = typeof options['out'] === 'string' ? options['out'] : undefined
  const check = options['check'] === true
  const unlocked = options['allowUnlocked'] === true
  if (options['environment'] === undefined) return await renderWhole(project, { out, check, json: options['json'] === true, unlocked })
  if (check) throw new SundialError('SUN_USAGE', '--check compares a whole tree, and goes with no --environment', { hint: 'Leave one of them out.' })
  return await renderOne(project, environmentName(String(options['environment'])), { out, unlocked })
}

interface WholeOptions {
  readonly out: string | undefined
  readonly check: boolean
  readonly json: boolean
  readonly unlocked: boolean
}

async function renderWhole(project: Project, { out, check, json, unlocked }: WholeOptions): Promise<number> {
  const root = out === undefined ? resolve(project.folder, DEFAULT_FOLDER) : resolve(out)
  const clusters = await renderEnvironments(project)
  if (!unlocked) requireLocked(clusters)
  const files = renderTree(clusters)
  const difference = check ? await compareTree(root, files) : await writeTree(root, files)
  if (json) printJson({ root, files: files.length, objects: [...clusters.values()].reduce((sum, { objects }) => sum + objects.length, 0), ...difference })
  else print(treeDifferenceView(difference, { root: shownPath(root), files: files.length, check }))
  return check && isDifferent(difference) ? 1 : 0
}

function isDifferent({ added, changed, removed }: TreeDifference): boolean {
  return added.length + changed.length + removed.length > 0
}

async function renderOne(project: Project, environment: EnvironmentName, { out, unlocked }: Pick<WholeOptions, 'out' | 'unlocked'>): Promise<number> {
  const clusters = await renderEnvironments(project, [environment])
  if (!unlocked) requireLocked(clusters)
  const text = objectsAsYaml(clusters.get(environment)?.objects ?? [])
  if (out === undefined) process.stdout.write(text)
  else {
    await writeFile(out, text)
    print(`${screen().colors.green('✓')} wrote ${clusters.get(environment)?.objects.length ?? 0} objects to ${out}`)
  }
  return 0
}
