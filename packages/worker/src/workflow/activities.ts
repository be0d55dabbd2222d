import { manifest } from '@sundial/worker/manifest'
import { proxyActivities } from '@temporalio/workflow'
import type { ActivityManifest } from '../manifest/manifest.ts'
import { checked } from './check.ts'

type AnyActivity = (input: unknown) => Promise<unknown>

/** The activities of the contract, by name. Made once a workflow: the sandbox loads this module anew for each. */
export const activities: Readonly<Record<string, AnyActivity>> = Object.fromEntries(
  Object.entries(manifest.activities).map(([name, definition]) => [name, callable(name, definition)]),
)

function callable(name: string, definition: ActivityManifest): AnyActivity {
  const schedule = proxyActivities<Record<string, AnyActivity>>(definition.options)[name] as AnyActivity
  return async (input) => {
    const result = await schedule(checked(definition.input, input, `input of activity "${name}"`))
    return checked(definition.output, result, `output of activity "${name}"`)
  }
}
