import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SundialError } from '@sundial/platform'

/**
 * The module of an application's workflows, which is in the folder "workflows" beside that of its worker.
 * @throws SundialError `SUN_CONTRACT_NOT_BUILT`
 */
export function workflowsOf(application: string, workerModule: string): URL {
  const workflows = join(dirname(workerModule), 'workflows', 'index.js')
  if (existsSync(workflows)) return pathToFileURL(workflows)
  throw new SundialError('SUN_CONTRACT_NOT_BUILT', `the workflows of ${application} are not in ${workflows}`, {
    hint: 'Build the application (npm run build), and keep its workflows in the folder "workflows" beside the module of its worker.',
  })
}
