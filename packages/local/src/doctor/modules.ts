import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { workloadsOf } from '@sundial/platform/model'
import { ok, problem, type Check } from './check.ts'

/** The modules that the configuration names are built. */
export const modules: Check = {
  name: 'modules',
  async run({ plan, projectFolder }) {
    if (!plan) return []
    const named = workloadsOf(plan).flatMap(({ program }) => (program.kind === 'node' && program.module.startsWith('./') ? [program.module] : []))
    const missing = [...new Set(named)].filter((module) => !existsSync(join(projectFolder, module)))
    if (missing.length === 0) return named.length > 0 ? [ok(`${named.length} modules of applications are built`)] : []
    return missing.map((module) => problem(`${module} is not there`, 'a built module', 'npm run build, or correct the path in the configuration'))
  },
}
