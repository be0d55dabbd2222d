import type { BoxKind } from './content.ts'
import type { Rectangle } from './layout.ts'
import { SPACE } from './measure.ts'
import { element, number } from './xml.ts'

/** The shape of a box, which says its kind without colour: a cylinder keeps data, a cut corner ends by itself, dashes are run by others, round ends only call. */
export function outline(kind: BoxKind, { x, y, width, height }: Rectangle, small = false): string[] {
  if (kind === 'store' || kind === 'external-store') return cylinder({ x, y, width, height }, small ? 3 : SPACE.lid / 2)
  if (kind === 'job' || kind === 'task') {
    const cut = small ? 7 : 12
    const d = `M${number(x)} ${number(y)}h${number(width - cut)}l${cut} ${cut}v${number(height - cut)}h${number(-width)}z`
    return [element('path', { class: 'outline', d })]
  }
  const corner = small ? 3 : 7
  const rx = kind === 'caller' ? Math.min(height / 2, 24) : corner
  return [element('rect', { class: 'outline', ...rectangle({ x, y, width, height }), rx: number(rx) })]
}

function cylinder({ x, y, width, height }: Rectangle, curve: number): string[] {
  const [left, top, half, side] = [number(x), number(y + curve), number(width / 2), number(height - 2 * curve)]
  const arc = (sweep: 0 | 1, dx: number): string => `a${half} ${curve} 0 0 ${sweep} ${number(dx)} 0`
  return [
    element('path', { class: 'outline', d: `M${left} ${top}v${side}${arc(0, width)}v${-side}z` }),
    element('path', { class: 'outline', d: `M${left} ${top}${arc(1, width)}${arc(1, -width)}z` }),
  ]
}

/** As attributes of an SVG rectangle. */
export function rectangle({ x, y, width, height }: Rectangle): Record<string, number> {
  return { x: number(x), y: number(y), width: number(width), height: number(height) }
}
