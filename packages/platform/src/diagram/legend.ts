import type { Box, BoxKind, Protection } from './content.ts'
import { FONT } from './measure.ts'
import { outline } from './outline.ts'
import { textWidth } from './text-width.ts'
import { element, text } from './xml.ts'

const KINDS: Readonly<Record<BoxKind, string>> = {
  service: 'service',
  job: 'job: runs to its end at the start',
  task: 'task: runs when asked for',
  store: 'data store',
  external: 'run by others',
  'external-store': 'data store run by others',
  caller: 'people and programs that call',
}
const PROTECTIONS: Readonly<Record<Protection, string>> = {
  mutual: 'mTLS: both sides show a certificate',
  server: 'TLS: the server shows a certificate',
  none: 'no TLS',
}

const LINE = 24
const GAP = 22
const SAMPLE = 30

interface Key {
  readonly words: string
  sample(x: number, y: number): string
}

/** Explains what the picture uses, in as many lines as it takes. */
export function legend(
  shown: { readonly boxes: readonly Box[]; readonly protections: ReadonlySet<Protection> },
  width: number,
): { height: number; parts: string[] } {
  const kinds = (Object.keys(KINDS) as BoxKind[]).filter((kind) => shown.boxes.some((box) => box.kind === kind)).map(kindKey)
  const lines = (Object.keys(PROTECTIONS) as Protection[]).filter((protection) => shown.protections.has(protection)).map(protectionKey)
  const copies = shown.boxes.some((box) => box.copies > 1) ? [wordKey('×3', 'copies that run')] : []
  let [x, y] = [0, 0]
  const parts = [kinds, [...lines, ...copies]].flatMap((row, index) => {
    if (index > 0) [x, y] = [0, y + LINE]
    return row.map((key) => {
      const needed = SAMPLE + 8 + textWidth(key.words, { size: FONT.entry })
      if (x > 0 && x + needed > width) [x, y] = [0, y + LINE]
      const part = element('g', {}, [key.sample(x, y), element('text', { class: 'key', x: x + SAMPLE + 8, y: y + 4 }, [text(key.words)])])
      x += needed + GAP
      return part
    })
  })
  return { height: y + LINE, parts }
}

function kindKey(kind: BoxKind): Key {
  return { words: KINDS[kind], sample: (x, y) => element('g', { class: `box ${kind}` }, outline(kind, { x, y: y - 9, width: SAMPLE, height: 18 }, true)) }
}

function protectionKey(protection: Protection): Key {
  const sample = (x: number, y: number): string =>
    element('g', { class: `arrow ${protection}` }, [element('path', { d: `M${x} ${y}h${SAMPLE}`, 'marker-end': `url(#head-${protection})` })])
  return { words: PROTECTIONS[protection], sample }
}

function wordKey(word: string, words: string): Key {
  return { words, sample: (x, y) => element('text', { class: 'copies', x: x + SAMPLE, y: y + 5 }, [word]) }
}
