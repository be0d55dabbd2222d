import type { ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs/lib/elk.bundled.js'
import type { AreaFrame, Arrow, Box, BoxKind, DiagramContent, RingBox } from './content.ts'
import type { Point, Rectangle } from './layout.ts'
import { FONT, ringSize, sizeOf, type BoxSize } from './measure.ts'
import { textWidth } from './text-width.ts'

/** ELK's layered layout draws ports, frames and right-angled arrows well; Graphviz joins no ports with right angles. */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.spacing.nodeNode': '18',
  'elk.spacing.edgeEdge': '9',
  'elk.spacing.edgeNode': '14',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
}
const AREA_PADDING = '[top=36,left=16,bottom=16,right=16]'

/** The content as ELK takes it. */
export function graphOf({ areas, arrows }: DiagramContent, variant: Record<string, string>): ElkNode {
  const children = areas.flatMap((frame): ElkNode[] => {
    const inside = [...frame.rings.map((ring) => ringNode(ring, arrows)), ...frame.boxes.map((box) => boxNode(box, arrows))]
    return frame.area === 'outside'
      ? inside
      : [
          {
            id: areaId(frame),
            children: inside,
            layoutOptions: {
              'elk.padding': AREA_PADDING,
              'elk.nodeSize.constraints': 'MINIMUM_SIZE',
              'elk.nodeSize.minimum': `(${textWidth(frame.area, { size: FONT.area, bold: true }) + 40}, 0)`,
            },
          },
        ]
  })
  const edges = arrows.map((arrow): ElkExtendedEdge => ({ id: arrowId(arrow), sources: [outId(arrow)], targets: [inId(arrow.to, arrow.port)] }))
  return { id: 'diagram', children, edges, layoutOptions: { ...OPTIONS, ...variant } }
}

function boxNode(box: Box, arrows: readonly Arrow[]): ElkNode {
  const size = sizeOf(box)
  const ports = [...entryPorts(box, size), ...exitPorts(box.name, arrows, { x: 0, y: size.height, width: size.width, height: 0 })]
  // One entry stands in the middle by itself, and the exits are put in the order that crosses least.
  return {
    id: boxId(box),
    width: size.width,
    height: size.height,
    ports,
    layoutOptions: { 'elk.portConstraints': box.entries.length > 1 ? 'FIXED_POS' : 'FIXED_SIDE', ...LAYERS[box.kind] },
  }
}

/** Callers stand in the first line, and what others run in the last. */
const LAYERS: Partial<Record<BoxKind, Record<string, string>>> = {
  caller: { 'elk.layered.layering.layerConstraint': 'FIRST' },
  external: { 'elk.layered.layering.layerConstraint': 'LAST' },
  'external-store': { 'elk.layered.layering.layerConstraint': 'LAST' },
}

function ringNode(ring: RingBox, arrows: readonly Arrow[]): ElkNode {
  const { width, height, members } = ringSize(ring, talksOf(arrows))
  const ports = members.flatMap(({ box, size, x }) => [
    ...entryPorts(box, size, x),
    ...exitPorts(box.name, arrows, { x, y: height, width: size.width, height: 0 }),
  ])
  const last = members.at(-1)
  const own = exitPorts(ring.name, arrows, { x: last?.x ?? 0, y: height, width: last?.size.width ?? width, height: 0 })
  return { id: ring.name, width, height, ports: [...ports, ...own], layoutOptions: { 'elk.portConstraints': 'FIXED_POS' } }
}

/** Arrows come in from above, at the words that say how. */
function entryPorts({ name, entries }: Box, size: BoxSize, x = 0): ElkPort[] {
  return entries.map(({ port }, index) => portAt(inId(name, port), { x: x + (size.entryX[index] ?? 0), y: 0 }, 'NORTH'))
}

/** Arrows leave below, each on its own way: only those to the same port join. */
function exitPorts(name: string, arrows: readonly Arrow[], { x, y, width }: Rectangle): ElkPort[] {
  const own = arrows.filter(({ from }) => from === name)
  return own.map((arrow, index) => portAt(outId(arrow), { x: x + (width * (index + 1)) / (own.length + 1), y }, 'SOUTH'))
}

function portAt(id: string, { x, y }: Point, side: 'NORTH' | 'SOUTH'): ElkPort {
  return { id, x, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } }
}

/** Whether a member of a ring has arrows of its own. */
export function talksOf(arrows: readonly Arrow[]): (name: string) => boolean {
  return (name) => arrows.some(({ from, to }) => from === name || to === name)
}

export const areaId = ({ area }: AreaFrame): string => `area ${area}`
export const boxId = ({ name }: Box): string => `box ${name}`
const inId = (name: string, port: string): string => `in ${name} ${port}`
const outId = ({ from, to, port }: Arrow): string => `out ${from} ${to} ${port}`
export const arrowId = ({ from, to, port }: Arrow): string => `arrow ${from} ${to} ${port}`
