import type { Layout, Point } from './layout.ts'

/** What fits into a page of a document, 1200 pixels, with the margins of the picture. */
const PAGE_WIDTH = 1150

/** How many pixels of arrow each of these is worth. */
const WEIGHTS = { crossing: 250, bend: 40, beyondPage: 40 } as const

/** How hard a layout is to read: the best has few crossings, short arrows, and fits a page. */
export function costOf({ width, arrows }: Pick<Layout, 'width' | 'arrows'>): number {
  const groups = new Map<string, Line[]>()
  let [bends, length] = [0, 0]
  for (const { arrow, points } of arrows) {
    const key = `${arrow.to} ${arrow.port}`
    const lines = points.slice(1).map((to, index) => ({ from: points[index] as Point, to }))
    groups.set(key, [...(groups.get(key) ?? []), ...lines])
    bends += points.length - 2
    length += lines.reduce((sum, { from, to }) => sum + Math.abs(to.x - from.x) + Math.abs(to.y - from.y), 0)
  }
  const beyond = Math.max(0, width - PAGE_WIDTH)
  return length + WEIGHTS.bend * bends + WEIGHTS.crossing * crossings([...groups.values()]) + WEIGHTS.beyondPage * beyond
}

interface Line {
  readonly from: Point
  readonly to: Point
}

/** Points where arrows to different ports cross; arrows to the same port share their ways. */
function crossings(groups: readonly (readonly Line[])[]): number {
  let count = 0
  for (const [index, group] of groups.entries()) {
    for (const other of groups.slice(index + 1)) {
      const points = group.flatMap((line) => other.flatMap((its) => crossing(line, its)))
      count += new Set(points).size
    }
  }
  return count
}

function crossing(a: Line, b: Line): string[] {
  const [flat, steep] = isFlat(a) ? [a, b] : [b, a]
  if (!isFlat(flat) || isFlat(steep)) return []
  const inside = between(steep.from.x, flat.from.x, flat.to.x) && between(flat.from.y, steep.from.y, steep.to.y)
  return inside ? [`${Math.round(steep.from.x)} ${Math.round(flat.from.y)}`] : []
}

function isFlat({ from, to }: Line): boolean {
  return Math.abs(from.y - to.y) < Math.abs(from.x - to.x)
}

function between(value: number, a: number, b: number): boolean {
  return value > Math.min(a, b) && value < Math.max(a, b)
}
