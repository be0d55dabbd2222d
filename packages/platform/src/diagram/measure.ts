import type { Box, RingBox } from './content.ts'
import { textWidth } from './text-width.ts'

/** Sizes of texts, in pixels. */
export const FONT = { title: 20, area: 13, name: 14, note: 12, entry: 12 } as const

/** Distances and heights, in pixels. */
export const SPACE = { x: 12, strip: 24, lid: 12, name: 18, nameLine: 21, noteLine: 17, end: 12, ring: 14, ringGap: 12, ringHead: 34 } as const
const SMALLEST_WIDTH = 120

export interface BoxSize {
  readonly width: number
  readonly height: number
  /** Where the entries begin, from the top: below the lid of a store. */
  readonly stripY: number
  /** Where the names begin. */
  readonly bodyY: number
  /** Middle of each entry, from the left. */
  readonly entryX: readonly number[]
}

export function copiesText({ copies }: Box): string {
  return copies > 1 ? `×${copies}` : ''
}

export function sizeOf(box: Box): BoxSize {
  const copies = copiesText(box)
  const badge = copies === '' ? 0 : textWidth(copies, { size: FONT.name, bold: true }) + 10
  const names = [box.name, ...box.also]
  const name = Math.max(...names.map((each) => textWidth(each, { size: FONT.name, bold: true }))) + badge
  const note = textWidth(box.note, { size: FONT.note })
  const entries = box.entries.map(({ text }) => textWidth(text, { size: FONT.entry }) + 2 * SPACE.x)
  const needed = entries.reduce((sum, width) => sum + width, 0)
  const width = Math.max(SMALLEST_WIDTH, name + 2 * SPACE.x, note + 2 * SPACE.x, needed)
  const stripY = box.kind === 'store' || box.kind === 'external-store' ? SPACE.lid : 0
  const bodyY = stripY + (entries.length > 0 ? SPACE.strip : 0)
  const height = bodyY + SPACE.nameLine + SPACE.name * box.also.length + SPACE.noteLine + SPACE.end
  return { width, height, stripY, bodyY, entryX: middles(entries, (width - needed) / Math.max(1, entries.length)) }
}

/** The middles of parts that share what is left over. */
function middles(widths: readonly number[], extra: number): number[] {
  return widths.map((width, index) => widths.slice(0, index).reduce((sum, before) => sum + before + extra, 0) + (width + extra) / 2)
}

export interface RingSize {
  readonly width: number
  readonly height: number
  /** Where the note begins, from the left: free of arrows. */
  readonly noteX: number
  readonly members: readonly { readonly box: Box; readonly size: BoxSize; readonly x: number; readonly y: number }[]
}

/** Those that `talk` to others outside stand in columns of their own, which arrows reach from above and below; the others in two lines beside them. */
export function ringSize({ members, note }: RingBox, talks: (name: string) => boolean): RingSize {
  const columns = [...members.filter(({ name }) => talks(name)).map((box) => [box]), ...pairs(members.filter(({ name }) => !talks(name)))]
  const inner = Math.max(...columns.map((column) => column.reduce((sum, box) => sum + sizeOf(box).height, SPACE.ringGap * (column.length - 1))))
  const placed: RingSize['members'][number][] = []
  let x: number = SPACE.ring
  let noteX: number | undefined
  for (const column of columns) {
    const sizes = column.map(sizeOf)
    const width = Math.max(...sizes.map((size) => size.width))
    const height = (inner - SPACE.ringGap * (column.length - 1)) / column.length
    if (column.length > 1) noteX ??= x
    column.forEach((box, index) => placed.push({ box, size: { ...sizeOf(box), width, height }, x, y: SPACE.ringHead + index * (height + SPACE.ringGap) }))
    x += width + SPACE.ringGap
  }
  const begin = noteX ?? SPACE.ring
  const width = Math.max(x - SPACE.ringGap, begin + textWidth(note, { size: FONT.note })) + SPACE.ring
  return { width, height: SPACE.ringHead + inner + SPACE.ring, noteX: begin, members: placed }
}

function pairs<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / 2) }, (_, index) => items.slice(2 * index, 2 * index + 2))
}
