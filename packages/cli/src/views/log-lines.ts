import type { Terminal } from '../terminal.ts'
import { columns } from '../text.ts'

type Hue = 'cyan' | 'magenta' | 'blue' | 'green' | 'yellow'
const HUES: readonly Hue[] = ['cyan', 'magenta', 'blue', 'green', 'yellow']

/** Puts before each line whose it is, where there are several. The line itself is as its program wrote it, so that it can be copied. */
export function logPrefix(names: readonly string[], { colors }: Pick<Terminal, 'colors'>): (name: string, line: string) => string {
  if (names.length < 2) return (_, line) => line
  const width = Math.max(...names.map(columns))
  return (name, line) => {
    const paint = colors[HUES[names.indexOf(name) % HUES.length] ?? 'cyan']
    return line === '' ? paint(name) : `${paint(name)}${' '.repeat(width - columns(name))} ${line}`
  }
}
