import type { Box } from './content.ts'
import { drawArrows } from './arrows.ts'
import type { Layout, Rectangle } from './layout.ts'
import { legend } from './legend.ts'
import { copiesText, SPACE, type BoxSize } from './measure.ts'
import { outline, rectangle } from './outline.ts'
import { ARROW_HEADS, STYLE } from './style.ts'
import { element, number, text } from './xml.ts'

const MARGIN = 24
const HEAD = 56
const LEGEND_GAP = 32
const SMALLEST_WIDTH = 640

export interface SvgHead {
  readonly title: string
  readonly subtitle: string
  /** What the picture shows, for those who do not see it. */
  readonly description: string
}

/** The picture as a document of its own: it brings its colours, for light and for dark, and needs no font. */
export function drawSvg(layout: Layout, { title, subtitle, description }: SvgHead): string {
  const width = Math.ceil(Math.max(layout.width, SMALLEST_WIDTH) + 2 * MARGIN)
  const boxes = layout.boxes.map(({ box }) => box)
  const keys = legend({ boxes, protections: new Set(layout.arrows.map(({ arrow }) => arrow.protection)) }, width - 2 * MARGIN)
  const bottom = Math.ceil(MARGIN + HEAD + layout.height + LEGEND_GAP)
  const height = bottom + keys.height + MARGIN - 12
  const picture = [
    ...layout.areas.map(({ at }) => element('rect', { class: 'area', ...rectangle(at), rx: 12 })),
    ...layout.rings.map(({ at }) => element('rect', { class: 'ring', ...rectangle(at), rx: 10 })),
    ...drawArrows(layout.arrows),
    // Over the arrows, each with a halo: an arrow that passes does not make them unreadable.
    ...layout.areas.map(({ frame, at }) => element('text', { class: 'area-title', x: number(at.x + 16), y: number(at.y + 23) }, [text(frame.area)])),
    ...layout.rings.map(({ ring, noteX, at }) => element('text', { class: 'ring-note', x: number(at.x + noteX), y: number(at.y + 22) }, [text(ring.note)])),
    ...layout.boxes.map(({ box, size, at }) => drawBox(box, size, at)),
  ]
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': 'title description',
    class: 'sundial',
  }
  return `${element('svg', root, [
    element('title', { id: 'title' }, [text(`${title}: ${subtitle}`)]),
    element('desc', { id: 'description' }, [text(description)]),
    element('style', {}, [STYLE]),
    element('defs', {}, ARROW_HEADS),
    element('rect', { class: 'page', x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 10 }),
    element('text', { class: 'title', x: MARGIN, y: MARGIN + 18 }, [text(title)]),
    element('text', { class: 'subtitle', x: MARGIN, y: MARGIN + 37 }, [text(subtitle)]),
    element('g', { transform: `translate(${MARGIN} ${MARGIN + HEAD})` }, picture),
    element('g', { transform: `translate(${MARGIN} ${bottom})` }, keys.parts),
  ])}\n`
}

function drawBox(box: Box, size: BoxSize, at: Rectangle): string {
  const copies = copiesText(box)
  const names = [box.name, ...box.also]
  const line = (index: number): number => number(at.y + size.bodyY + SPACE.nameLine + SPACE.name * index)
  const strip = `M${number(at.x)} ${number(at.y + size.bodyY)}h${number(at.width)}`
  return element('g', { class: `box ${box.kind}` }, [
    element('title', {}, [text(`${box.name}: ${box.description}`)]),
    ...outline(box.kind, at),
    ...(box.entries.length > 0 ? [element('path', { class: 'strip', d: strip })] : []),
    ...box.entries.map((entry, index) =>
      element('text', { class: 'entry', x: number(at.x + (size.entryX[index] ?? 0)), y: number(at.y + size.stripY + 16.5) }, [text(entry.text)]),
    ),
    ...names.map((name, index) => element('text', { class: 'name', x: number(at.x + SPACE.x), y: line(index) }, [text(name)])),
    ...(copies === '' ? [] : [element('text', { class: 'copies', x: number(at.x + at.width - SPACE.x), y: line(0) }, [text(copies)])]),
    element('text', { class: 'note', x: number(at.x + SPACE.x), y: number(line(box.also.length) + SPACE.noteLine) }, [text(box.note)]),
  ])
}
