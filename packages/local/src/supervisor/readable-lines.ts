/** Of no use to a person who looks at the last lines of one log. */
const PLAIN = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg'])

/** A line of a log for people: of our own programs' JSON, the message and what belongs to it. Other lines are left as they are. */
export function readableLines(line: string): string[] {
  const entry = parse(line)
  // An error with its stack is one to read whole.
  if (typeof entry?.['msg'] !== 'string' || typeof entry['name'] !== 'string' || entry['err'] !== undefined) return [line]
  const details = Object.entries(entry)
    .filter(([key]) => !PLAIN.has(key))
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return `${entry['msg']}${details.length > 0 ? ` (${details.join(', ')})` : ''}`.split('\n')
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
