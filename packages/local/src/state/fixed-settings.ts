import { join } from 'node:path'
import { SundialError } from '@sundial/platform'
import type { StateFolder } from './layout.ts'
import { readFileIfPresent, writeFileAtomically } from './private-files.ts'

/** Settings, by path, that hold for as long as the data. */
export type FixedSettings = Readonly<Record<string, number>>

/**
 * Compares settings with those of the first start.
 * @throws SundialError `SUN_CONFIG_INVALID` if one was changed: the program would go on with the old value without a word
 */
export async function checkFixedSettings(state: StateFolder, settings: FixedSettings): Promise<void> {
  const text = await readFileIfPresent(path(state))
  if (text === undefined) return
  const first = JSON.parse(text) as FixedSettings
  const changed = Object.entries(settings).filter(([name, value]) => first[name] !== undefined && first[name] !== value)
  if (changed.length === 0) return
  const lines = changed.map(([name, value]) => `  ${name} is ${value}; the data in ${state.root} were begun with ${first[name]}`)
  throw new SundialError('SUN_CONFIG_INVALID', `settings that are fixed at the first start were changed:\n${lines.join('\n')}`, {
    hint: 'Set them back. Or begin with no data: ./sundial up --fresh',
  })
}

export async function keepFixedSettings(state: StateFolder, settings: FixedSettings): Promise<void> {
  await writeFileAtomically(path(state), `${JSON.stringify(settings, undefined, 2)}\n`)
}

function path(state: StateFolder): string {
  return join(state.root, 'fixed-settings.json')
}
