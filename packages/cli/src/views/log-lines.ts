import type { Terminal } from '../terminal.ts'
import { columns } from '../text.ts'

type Hue = 'cyan' | 'magenta' | 'blue' | 'green' | 'yellow'
const HUES: readonly Hue[] = ['cyan', 'magenta', 'blue', 'green', 'yellow']

/** Each of several names has a colour. */
export function paintName(names: readonly string[], name: string, { colors }: Pick<Terminal, 'colors'>): string {
  return colors[HUES[names.indexOf(name) % HUES.length] ?? 'cyan'](name)
}

/** Puts before each line whose it is, where there are several. The line itself is as its program wrote it, so that it can be copied. */
export function logPrefix(names: readonly string[], terminal: Pick<Terminal, 'colors'>): (name: string, line: string) => string {
  if (names.length < 2) return (_, line) => line
  const width = Math.max(...names.map(columns))
  return (name, line) => {
    const painted = paintName(names, name, terminal)
    return line === '' ? painted : `${painted}${' '.repeat(width - columns(name))} ${line}`
  }
}
