/** The fields of a cron line that Temporal reads, in their order, with what may stand in them. */
const FIELDS = [
  { name: 'minute', min: 0, max: 59, words: [] },
  { name: 'hour', min: 0, max: 23, words: [] },
  { name: 'day of the month', min: 1, max: 31, words: [] },
  { name: 'month', min: 1, max: 12, words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  // Sunday is 0 and 7.
  { name: 'day of the week', min: 0, max: 7, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const

const WORDS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']

/** What is wrong with a cron line; nothing if Temporal will take it. It knows neither seconds nor `L`, `W` and `#`. */
export function cronProblem(line: string): string | undefined {
  if (WORDS.includes(line)) return undefined
  if (line.startsWith('@')) return `"${line}" is not one of ${WORDS.join(', ')}`
  const fields = line.trim().split(/\s+/)
  if (fields.length !== FIELDS.length) return `"${line}" must have five fields: ${FIELDS.map(({ name }) => name).join(', ')}`
  for (const [index, field] of FIELDS.entries()) {
    const part = (fields[index] as string).split(',').find((each) => !fits(each, field))
    if (part !== undefined)
      return `"${part}" is no ${field.name}: it must be "*", or a number from ${field.min} to ${field.max} or a range of two, each with or without "/" and a step`
  }
  return undefined
}

function fits(part: string, field: (typeof FIELDS)[number]): boolean {
  const [, range = '', step] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(part) ?? []
  if (range === '' || (step !== undefined && Number(step) === 0)) return false
  if (range === '*') return true
  const [from, to, ...more] = range.split('-').map((text) => valueOf(text, field))
  return more.length === 0 && from !== undefined && (range.includes('-') ? to !== undefined && to >= from : true)
}

function valueOf(text: string, { min, max, words }: (typeof FIELDS)[number]): number | undefined {
  const word = (words as readonly string[]).indexOf(text.toLowerCase())
  const value = word >= 0 ? word + min : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : undefined
}
