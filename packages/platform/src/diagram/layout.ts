import elkjs, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js'
import type { AreaFrame, Arrow, Box, DiagramContent, RingBox } from './content.ts'
import { costOf } from './cost.ts'
import { areaId, arrowId, boxId, graphOf, talksOf } from './elk-graph.ts'
import { ringSize, sizeOf, type BoxSize } from './measure.ts'

export interface Point {
  readonly x: number
  readonly y: number
}
export interface Rectangle extends Point {
  readonly width: number
  readonly height: number
}
export interface PlacedArrow {
  readonly arrow: Arrow
  readonly points: readonly Point[]
}

/** Where everything stands, in pixels from the upper left corner. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly areas: readonly { readonly frame: AreaFrame; readonly at: Rectangle }[]
  readonly rings: readonly { readonly ring: RingBox; readonly noteX: number; readonly at: Rectangle }[]
  readonly boxes: readonly { readonly box: Box; readonly size: BoxSize; readonly at: Rectangle }[]
  readonly arrows: readonly PlacedArrow[]
}

/** ELK's heuristics begin somewhere, and what they find differs: each of these is tried, and the best is taken. */
const VARIANTS = ['NETWORK_SIMPLEX', 'BRANDES_KOEPF', 'LINEAR_SEGMENTS'].flatMap((placement) =>
  ['NONE', 'NODES_AND_EDGES'].flatMap((order) =>
    ['1', '2'].map((seed) => ({
      'elk.randomSeed': seed,
      'elk.layered.nodePlacement.strategy': placement,
      'elk.layered.considerModelOrder.strategy': order,
    })),
  ),
)

export async function layOut(content: DiagramContent): Promise<Layout> {
  const elk = new elkjs.default()
  let best: { layout: Layout; cost: number } | undefined
  for (const variant of VARIANTS) {
    const layout = placed(await elk.layout(graphOf(content, variant)), content)
    const cost = costOf(layout)
    if (!best || cost < best.cost) best = { layout, cost }
  }
  return best!.layout
}

function placed(graph: ElkNode, { areas, arrows }: DiagramContent): Layout {
  const at = new Map<string, Rectangle>()
  collect(graph, { x: 0, y: 0 }, at)
  const place = (id: string): Rectangle => at.get(id) ?? { x: 0, y: 0, width: 0, height: 0 }
  const rings = areas.flatMap((frame) => frame.rings.map((ring) => ({ ring, noteX: ringSize(ring, talksOf(arrows)).noteX, at: place(ring.name) })))
  const members = rings.flatMap(({ ring, at: { x, y } }) =>
    ringSize(ring, talksOf(arrows)).members.map(({ box, size, ...offset }) => ({
      box,
      size,
      at: { x: x + offset.x, y: y + offset.y, width: size.width, height: size.height },
    })),
  )
  const boxes = areas.flatMap((frame) => frame.boxes.map((box) => ({ box, size: sizeOf(box), at: place(boxId(box)) })))
  const edges = new Map(edgesOf(graph).map((edge) => [edge.id, edge]))
  const inRing = new Map(members.map((member) => [member.box.name, member.at]))
  return {
    width: graph.width ?? 0,
    height: graph.height ?? 0,
    areas: areas.filter(({ area }) => area !== 'outside').map((frame) => ({ frame, at: place(areaId(frame)) })),
    rings,
    boxes: [...members, ...boxes],
    arrows: arrows.map((arrow) => toMembers(placedArrow(arrow, edges.get(arrowId(arrow)), at), inRing)),
  }
}

/** ELK gives the points of an edge from its container's corner. */
function placedArrow(arrow: Arrow, edge: ElkExtendedEdge | undefined, at: ReadonlyMap<string, Rectangle>): PlacedArrow {
  const origin = at.get((edge as { container?: string } | undefined)?.container ?? '') ?? { x: 0, y: 0 }
  const move = ({ x, y }: Point): Point => ({ x: x + origin.x, y: y + origin.y })
  const points = (edge?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]).map(move)
  return { arrow, points }
}

/** A ring is one node for ELK: its arrows are led on to the members. */
function toMembers({ arrow, points }: PlacedArrow, inRing: ReadonlyMap<string, Rectangle>): PlacedArrow {
  const from = inRing.get(arrow.from)
  const to = inRing.get(arrow.to)
  const first = points[0]
  const last = points.at(-1)
  const before = from && first ? [{ x: first.x, y: from.y + from.height }] : []
  const after = to && last ? [{ x: last.x, y: to.y }] : []
  return { arrow, points: [...before, ...points, ...after] }
}

function collect(node: ElkNode, { x, y }: Point, into: Map<string, Rectangle>): void {
  const own = { x: x + (node.x ?? 0), y: y + (node.y ?? 0), width: node.width ?? 0, height: node.height ?? 0 }
  into.set(node.id, own)
  for (const child of node.children ?? []) collect(child, own, into)
}

function edgesOf(node: ElkNode): ElkExtendedEdge[] {
  return [...(node.edges ?? []), ...(node.children ?? []).flatMap(edgesOf)]
}
