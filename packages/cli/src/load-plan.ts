import { featureName, type FeatureName, SundialError } from '@sundial/platform'
import type { Plan } from '@sundial/platform/model'
import { withReplicas } from '@sundial/platform/replicas'
import type { CommandCall } from './commands.ts'
import { environmentName, type Project } from './config.ts'
import { loadConfig } from './config/load-config.ts'
import { planOf } from './config/plan-of.ts'

type Options = CommandCall['options']

/** The plan that a command's options ask for: an environment of the configuration, with what is switched on, and with other numbers of copies where they are given. */
export async function loadPlan(project: Project, options: Options): Promise<Plan> {
  const copies = readReplicas(replicaOptions(options))
  const environment = environmentName(String(options['environment']))
  return planOf(await loadConfig(project), environment, { features: featuresOf(options), change: (platform) => withReplicas(platform, copies) })
}

/** What `--with` switches on, each once. */
function featuresOf({ with: given }: Options): readonly FeatureName[] {
  return Array.isArray(given) ? [...new Set(given.map(featureName))] : []
}

/** As they were given, each `<name>=<number>`. */
export function replicaOptions(options: Options): readonly string[] {
  const given = options['replicas']
  return Array.isArray(given) ? given : []
}

/**
 * Numbers of copies by name. Of a name that is given twice, the last one counts.
 * @throws SundialError `SUN_USAGE` if one is not `<name>=<number>`
 */
export function readReplicas(given: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    given.map((text) => {
      const [, name, count] = /^([^=]+)=(\d+)$/.exec(text) ?? []
      if (name === undefined) {
        throw new SundialError('SUN_USAGE', `--replicas is "${text}"; it must be a name, "=" and a whole number`, { hint: 'For example: --replicas history=2' })
      }
      return [name, Number(count)]
    }),
  )
}
