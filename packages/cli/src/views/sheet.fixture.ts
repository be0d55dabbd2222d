import { expect } from 'vitest'
import { terminalOf, type Terminal } from '../terminal.ts'
import { columns } from '../text.ts'

/** What a view shows at some widths without colours, and at one with them: a text that people read when it changes. */
export async function expectSheet(name: string, view: (terminal: Terminal) => string, { piped = 1000 }: { readonly piped?: number } = {}): Promise<void> {
  const plain = WIDTHS.map((width) => {
    const text = view(terminalOf({ isTTY: true, columns: width }, { NO_COLOR: '1' }))
    expectToFit(text, width)
    return `--- ${width} columns\n${text}`
  })
  const coloured = view(terminalOf({ isTTY: true, columns: COLOURED }, { FORCE_COLOR: '1' }))
  // Colours change nothing else.
  expect(withoutColours(coloured)).toBe(view(terminalOf({ isTTY: true, columns: COLOURED }, { NO_COLOR: '1' })))
  // A pipe gets no colours, in continuous integration too, and lines as long as they are.
  expect(view(terminalOf({}, { CI: 'true' }))).toBe(view(terminalOf({ isTTY: true, columns: piped }, { NO_COLOR: '1' })))
  await expect([...plain, `--- ${COLOURED} columns, colours\n${tagged(coloured)}`, ''].join('\n')).toMatchFileSnapshot(`snapshots/${name}.txt`)
}

const WIDTHS = [60, 80, 160]
const COLOURED = 80

function expectToFit(text: string, width: number): void {
  for (const line of text.split('\n')) {
    expect(line, 'no space at the end').toBe(line.trimEnd())
    // A word that is longer than the line is left whole, on a line of its own.
    if (columns(line) > width) expect(line.trim().split(' ').length, `wider than ${width}: ${line}`).toBeLessThanOrEqual(2)
  }
}

const NAMES: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  34: 'blue',
  35: 'magenta',
  36: 'cyan',
  22: '/',
  39: '/',
}
// oxlint-disable-next-line no-control-regex -- colours are what it looks for
const COLOUR = /\u001B\[(\d+)m/g

function tagged(text: string): string {
  return text.replaceAll(COLOUR, (_, code: string) => `‹${NAMES[code] ?? code}›`)
}

function withoutColours(text: string): string {
  return text.replaceAll(COLOUR, '')
}
