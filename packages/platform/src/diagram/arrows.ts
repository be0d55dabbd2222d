import type { PlacedArrow, Point } from './layout.ts'
import { element, number } from './xml.ts'

/** How round the corners are, in pixels. */
const CORNER = 6

interface Line {
  readonly from: Point
  readonly to: Point
}

/**
 * Arrows to one port share their last part. It is drawn once: dashes over dashes would look like a solid line. Each arrow goes as far as
 * to the point where it meets one that is drawn; there is a dot.
 */
export function drawArrows(arrows: readonly PlacedArrow[]): string[] {
  const keyOf = ({ arrow }: PlacedArrow): string => `${arrow.to} ${arrow.port}`
  const keys = [...new Set(arrows.map(keyOf))]
  return keys.flatMap((key) => drawGroup(arrows.filter((arrow) => keyOf(arrow) === key)))
}

function drawGroup(group: readonly PlacedArrow[]): string[] {
  const drawn: Line[] = []
  const routes = group.map(({ points }) => {
    const route = untilMet(points, drawn)
    for (let index = 1; index < route.points.length; index++) drawn.push({ from: route.points[index - 1]!, to: route.points[index]! })
    return route
  })
  const meetings = routes.flatMap(({ met }) => (met ? [met] : []))
  const protection = group[0]?.arrow.protection ?? 'none'
  return [
    element('g', { class: `arrow ${protection}` }, [
      ...routes.map(({ points, met }) => element('path', { d: path(points, meetings), ...(met ? {} : { 'marker-end': `url(#head-${protection})` }) })),
      ...uniquePoints(meetings).map(({ x, y }) => element('circle', { cx: number(x), cy: number(y), r: 2.8 })),
    ]),
  ]
}

function untilMet(points: readonly Point[], drawn: readonly Line[]): { points: readonly Point[]; met?: Point } {
  for (let index = 1; index < points.length; index++) {
    const line = { from: points[index - 1]!, to: points[index]! }
    const meetings = drawn.flatMap((other) => meeting(line, other))
    const met = meetings.toSorted((a, b) => distance(line.from, a) - distance(line.from, b))[0]
    if (met) return { points: [...points.slice(0, index), met], met }
  }
  return { points }
}

/** Where right-angled lines touch: the point of the first line that is nearest to its start. */
function meeting(line: Line, other: Line): Point[] {
  const x = overlap(line.from.x, line.to.x, [other.from.x, other.to.x])
  const y = overlap(line.from.y, line.to.y, [other.from.y, other.to.y])
  return x === undefined || y === undefined ? [] : [{ x, y }]
}

/** The value of the way from one number to another that is in a range and nearest to the start. */
function overlap(from: number, to: number, range: readonly [number, number]): number | undefined {
  const [low, high] = [Math.min(...range), Math.max(...range)]
  const nearest = Math.min(Math.max(from, low), high)
  return nearest >= Math.min(from, to) - NEAR && nearest <= Math.max(from, to) + NEAR ? nearest : undefined
}

/** Layouts are computed with fractions. */
const NEAR = 0.01

function path(points: readonly Point[], sharp: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1]
      const after = points[index + 1]
      if (!before) return `M${number(point.x)} ${number(point.y)}`
      // Where others join, a round corner would leave a gap.
      if (!after || sharp.some((other) => distance(point, other) < CORNER)) return `L${number(point.x)} ${number(point.y)}`
      const from = toward(point, before)
      const to = toward(point, after)
      return `L${number(from.x)} ${number(from.y)}Q${number(point.x)} ${number(point.y)} ${number(to.x)} ${number(to.y)}`
    })
    .join('')
}

function toward(from: Point, to: Point): Point {
  const length = distance(from, to)
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function uniquePoints(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [`${number(point.x)} ${number(point.y)}`, point])).values()]
}
