import { join } from 'node:path'
import type { Plan } from '@sundial/platform/model'
import { hasData } from './fixed-settings.ts'
import type { StateFolder } from './layout.ts'
import { readFileIfPresent, writeFileAtomically } from './private-files.ts'

type DataSettings = Plan['dataSettings']

/**
 * What people should know before a start: settings that are now other than at the last start with the data that are there, and what that
 * means for the data. A file that is damaged or not there tells nothing.
 */
export async function changedDataSettings(state: StateFolder, settings: DataSettings): Promise<string[]> {
  if (!(await hasData(state))) return []
  const last = await readLast(state)
  return Object.entries(settings).flatMap(([path, { value, ifChanged }]) => {
    const before = last[path]
    return before === undefined || before === value ? [] : [`${path} is ${value}, and was ${before} at the last start. ${ifChanged}`]
  })
}

/** Keeps the values that this start has. */
export async function keepDataSettings(state: StateFolder, settings: DataSettings): Promise<void> {
  const values = Object.fromEntries(Object.entries(settings).map(([path, { value }]) => [path, value]))
  await writeFileAtomically(file(state), `${JSON.stringify({ ...(await readLast(state)), ...values }, undefined, 2)}\n`)
}

async function readLast(state: StateFolder): Promise<Record<string, string>> {
  const text = await readFileIfPresent(file(state))
  if (text === undefined) return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return {}
  }
}

function file(state: StateFolder): string {
  return join(state.root, 'data-settings.json')
}
