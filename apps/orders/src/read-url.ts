import type { SettingsReader } from '@sundial/runtime'

/** The http or https URL that a variable holds. */
export function readUrl(reader: SettingsReader, name: string): string {
  const value = reader.text(name)
  if (value !== '' && !/^https?:\/\/\S+$/.test(value)) reader.problem(`${name} is "${value}"; write an http or https URL`)
  return value
}
