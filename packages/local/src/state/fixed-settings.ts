import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SundialError } from '@sundial/platform/errors'
import type { StateFolder } from './layout.ts'
import { isSystemError, readFileIfPresent, writeFileAtomically } from './private-files.ts'

/** Settings, by path, that hold for as long as the data. */
export type FixedSettings = Readonly<Record<string, number>>

/**
 * Compares settings with those that the data were begun with, and keeps them. Called before anything is started: a start that fails half
 * way may have begun the data already. While there are no data, settings may still change.
 * @throws SundialError `SUN_CONFIG_INVALID` if one was changed: the program would go on with the old value without a word;
 * `SUN_STATE_UNUSABLE` if the file that keeps them is damaged
 */
export async function guardFixedSettings(state: StateFolder, settings: FixedSettings): Promise<void> {
  const first = (await hasData(state)) ? await readSettings(state) : {}
  const changed = Object.entries(settings).filter(([name, value]) => first[name] !== undefined && first[name] !== value)
  if (changed.length > 0) throw changedSettings(state, changed, first)
  await writeFileAtomically(path(state), `${JSON.stringify({ ...first, ...settings }, undefined, 2)}\n`)
}

/** Whether a program has stored something: the folders of the data are made before the programs are started. Nothing is made yet before the first start. */
export async function hasData(state: StateFolder): Promise<boolean> {
  const folders = await readdir(state.data, { withFileTypes: true }).catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return []
    throw error
  })
  const filled = await Promise.all(folders.map(async (entry) => !entry.isDirectory() || (await readdir(join(state.data, entry.name))).length > 0))
  return filled.includes(true)
}

async function readSettings(state: StateFolder): Promise<FixedSettings> {
  const text = await readFileIfPresent(path(state))
  if (text === undefined) return {}
  const settings = parse(text)
  if (settings) return settings
  throw new SundialError('SUN_STATE_UNUSABLE', `${path(state)} does not hold settings by name`, {
    hint: 'Restore it from a backup. Or remove it, if the configuration has not changed since the first start. Or begin with no data: ./sundial up --fresh',
  })
}

function parse(text: string): FixedSettings | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return Object.values(value).every((setting) => typeof setting === 'number') ? (value as FixedSettings) : undefined
  } catch {
    return undefined
  }
}

function changedSettings(state: StateFolder, changed: readonly (readonly [string, number])[], first: FixedSettings): SundialError {
  const lines = changed.map(([name, value]) => `  ${name} is ${value}; the data in ${state.root} were begun with ${first[name]}`)
  return new SundialError('SUN_CONFIG_INVALID', `settings that are fixed at the first start were changed:\n${lines.join('\n')}`, {
    hint: 'Set them back. Or begin with no data: ./sundial up --fresh',
  })
}

function path(state: StateFolder): string {
  return join(state.root, 'fixed-settings.json')
}
