import { join } from 'node:path'
import { changesSinceStart, readStatus, runningFeatures, stateFolder, type StateFolder } from '@sundial/local'
import { SundialError } from '@sundial/platform'
import { databaseSql } from '@sundial/platform/database-sql'
import { planDocument } from '@sundial/platform/plan-document'
import type { Plan } from '@sundial/platform/model'
import type { CommandCall } from '../commands.ts'
import { findProject, type Project } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson, shownPath } from '../output.ts'
import { changesView } from '../views/changes.ts'
import { externalView, filesToGive } from '../views/external.ts'
import { planView } from '../views/plan-view.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const project = findProject()
  const plan = await loadPlan(project, options)
  const state = stateFolder(project.folder, plan.platform.environment)
  if (options['json']) printJson(planDocument(plan))
  else if (options['sql']) process.stdout.write(sqlOf(plan, state))
  else print([planView(plan), ...externalView(plan, await filesToGive(plan, state)), ...(await changed(project, state))].join('\n\n'))
}

/** How what runs differs from the configuration with what was switched on for it. */
async function changed(project: Project, state: StateFolder): Promise<string[]> {
  if (!(await readStatus(state))) return []
  const plan = await loadPlan(project, { environment: state.environment, with: await runningFeatures(state) })
  const changes = await changesSinceStart(state, plan)
  return changes.length === 0 ? [] : [changesView(changes, plan.platform)]
}

function sqlOf(plan: Plan, { secrets }: StateFolder): string {
  const sql = databaseSql(plan, (name, key) => shownPath(join(secrets, name, key)))
  if (sql !== undefined) return sql
  throw new SundialError('SUN_USAGE', `--sql is for an external PostgreSQL, and ${plan.platform.environment} runs its own, which makes its databases itself`, {
    hint: 'Leave --sql out, or write postgresql.external.',
  })
}
