import { join } from 'node:path'
import { FEATURES, type FeatureName } from '@sundial/platform'
import type { Plan } from '@sundial/platform/model'
import { planDocument } from '@sundial/platform/plan-document'
import type { StateFolder } from './state/index.ts'
import { readFileIfPresent, writeFileAtomically } from './state/private-files.ts'

/** A setting that the running platform has otherwise. Values are JSON; one that is not there is undefined. */
export interface SettingChange {
  /** As in the configuration, with environments resolved and defaults filled: `applications.orders.worker.env.APPROVAL_DEADLINE`. */
  readonly path: string
  readonly running?: string
  readonly configured?: string
}

/** Writes down the settings that are being started, so that a later change of the configuration is seen. */
export async function recordConfiguration(state: StateFolder, plan: Plan): Promise<void> {
  await writeFileAtomically(recordPath(state), JSON.stringify(settingsOf(plan)))
}

/** How the settings differ from those that were started last in a state folder. None if nothing was recorded, or if nothing is different. */
export async function changesSinceStart(state: StateFolder, plan: Plan): Promise<readonly SettingChange[]> {
  const text = await readFileIfPresent(recordPath(state))
  if (text === undefined) return []
  const running = leaves(JSON.parse(text))
  const configured = leaves(JSON.parse(JSON.stringify(settingsOf(plan))))
  return [...new Set([...running.keys(), ...configured.keys()])]
    .filter((path) => running.get(path) !== configured.get(path) && !path.startsWith('features.'))
    .map((path) => ({ path, ...some('running', running.get(path)), ...some('configured', configured.get(path)) }))
}

/** What was switched on for the last start in a state folder, beyond what the configuration said. What this version does not know is left out. */
export async function runningFeatures(state: StateFolder): Promise<readonly FeatureName[]> {
  const text = await readFileIfPresent(recordPath(state))
  const { features = [] } = text === undefined ? {} : (JSON.parse(text) as { features?: readonly string[] })
  return (Object.keys(FEATURES) as FeatureName[]).filter((name) => features.includes(name))
}

/** All that a plan is made of; the rest of it follows. */
function settingsOf(plan: Plan): unknown {
  return (planDocument(plan) as { platform: unknown }).platform
}

/** Every value of a tree by its path. */
function leaves(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path.join('.'), JSON.stringify(value)]])
  return new Map(Object.entries(value).flatMap(([key, child]) => [...leaves(child, [...path, key])]))
}

function some(key: 'running' | 'configured', value: string | undefined): Partial<Record<typeof key, string>> {
  return value === undefined ? {} : { [key]: value }
}

function recordPath(state: StateFolder): string {
  return join(state.run, 'configuration.json')
}
