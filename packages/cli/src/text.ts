import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** Columns that a text takes, without its colours. */
export function columns(text: string): number {
  return stringWidth(text)
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)))
}

export interface WrapOptions {
  readonly width: number
  /** Stands before the first line; the others begin as far to the right. @default '' */
  readonly prefix?: string
}

/**
 * Breaks lines between words, so that the terminal breaks none within one. Each line keeps its own indent, and what is broken off stands below its
 * beginning: behind a mark such as `→`, below the words. A word that is longer than a line is left whole: paths and addresses are copied.
 */
export function wrap(text: string, { width, prefix = '' }: WrapOptions): string {
  const hanging = ' '.repeat(columns(prefix))
  return text
    .split('\n')
    .map((line, index) => wrapLine(line, { width, prefix: index === 0 ? prefix : hanging }))
    .join('\n')
}

const INDENT_AND_MARK = /^ *(?:[-→✓✗!●] )?/u

function wrapLine(line: string, { width, prefix }: Required<WrapOptions>): string {
  if (columns(prefix + line) <= width) return prefix + line
  const lead = INDENT_AND_MARK.exec(line)?.[0] ?? ''
  const indent = columns(prefix) + lead.length
  const [first = '', ...rest] = wrapAnsi(line.slice(lead.length), Math.max(SMALLEST, width - indent)).split('\n')
  return [prefix + lead + first, ...rest.map((each) => ' '.repeat(indent) + each)].join('\n')
}

/** In a narrower column, words would stand alone. */
const SMALLEST = 16

/** The same for a list such as `grpc 7233, metrics 9090`: broken after commas only, where there are some. */
export function wrapList(text: string, options: WrapOptions): string {
  if (!text.includes(', ')) return wrap(text, options)
  const items = text.split(', ').map((item) => item.replaceAll(/(?<=\S) (?=\S)/g, NO_BREAK))
  return wrap(items.join(', '), options).replaceAll(NO_BREAK, ' ')
}

const NO_BREAK = '\u00A0'

/** As many of the names as fit, and how many more there are: `a, b and 3 more`. */
export function fitNames(names: readonly string[], width: number): string {
  for (let count = names.length; count > 0; count--) {
    const rest = names.length - count
    const text = names.slice(0, count).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
    if (columns(text) <= width) return text
  }
  return `${names.length}`
}

/** The longest of several ways to say something that fits; the last one if none does. */
export function longest(texts: readonly string[], width: number): string {
  return texts.find((text) => columns(text) <= width) ?? texts.at(-1) ?? ''
}
