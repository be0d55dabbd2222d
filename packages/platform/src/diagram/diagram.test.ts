import { describe, expect, test } from 'vitest'
import { resolvePlatform } from '../model/platform.ts'
import { makePlan } from '../plan.ts'
import { input } from '../testing/platform.ts'
import { contentOf } from './content.ts'
import { renderDiagram } from './index.ts'
import { layOut, type Layout, type Point, type Rectangle } from './layout.ts'

const plan = makePlan(resolvePlatform(input, 'production'))
const content = contentOf(plan)
const svg = await renderDiagram(plan)
const RING = 'internode ring'
const members = content.areas.flatMap(({ rings }) => rings.flatMap((ring) => ring.members.map(({ name }) => name)))

test('is the same every time, byte for byte', async () => {
  expect(await renderDiagram(plan)).toBe(svg)
})

test('shows every party that is always there, and tasks when all is asked for', async () => {
  const names = plan.parties.map(({ name }) => name)
  const standing = names.filter((name) => name !== 'shop-demo')
  expect(namesIn(svg)).toEqual(standing.toSorted())
  expect(namesIn(await renderDiagram(plan, { all: true }))).toEqual(names.toSorted())
})

test('draws those that all talk to each other in one frame, and what all of them call as one arrow', () => {
  expect(members.toSorted()).toEqual(['temporal-frontend', 'temporal-history', 'temporal-internal-frontend', 'temporal-matching', 'temporal-system-worker'])
  expect(content.areas.flatMap(({ rings }) => rings.map(({ note }) => note))).toEqual(['internode mTLS: gRPC and membership between all'])
  const toDatabase = content.arrows.filter(({ to }) => to === 'postgresql').map(({ from }) => from)
  expect(toDatabase.toSorted()).toEqual([RING, 'shop-database-migration', 'shop-worker', 'temporal-schema'])
})

test('has an arrow for every connection, drawn or in the frame', () => {
  const drawn = new Set(content.arrows.flatMap(({ from, to, port }) => (from === RING ? members : withTwins(from)).map((name) => `${name} ${to} ${port}`)))
  const inFrame = (from: string, to: string): boolean => members.includes(from) && members.includes(to)
  const missing = plan.connections.filter(({ from, to, port }) => from !== 'shop-demo' && !inFrame(from, to) && !drawn.has(`${from} ${to} ${port}`))
  expect(missing).toEqual([])
  const all = contentOf(plan, { all: true })
  expect(all.arrows.length).toBe(new Set(plan.connections.map(({ from, to, port }) => `${from} ${to} ${port}`)).size)
})

test('says at each port how it is protected', () => {
  const entries = content.areas
    .flatMap(({ boxes, rings }) => [...boxes, ...rings.flatMap((ring) => ring.members)])
    .flatMap((box) => box.entries.map(({ text }) => [box.name, text]))
  expect(Object.fromEntries(entries)).toEqual({
    identity: 'HTTP 8180 · no TLS',
    postgresql: 'SQL 5432 · TLS + password',
    'shop-api': 'HTTP 8090 · token, no TLS',
    'shop-bank': 'HTTP 443 · TLS + token',
    'temporal-frontend': 'gRPC 7233 · mTLS + token',
    'temporal-ui': 'HTTP 8233 · no TLS',
  })
})

test('says how many copies run, and who is outside', () => {
  expect(svg).toMatch(/>shop-worker<\/text>\n<text class="copies"[^>]*>×3</)
  expect(svg).toContain('external service · bank.example.com')
})

test('is told to those who do not see it', () => {
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="title description"/)
  expect(svg).toContain('<title id="title">test · production: ')
  expect(svg).toMatch(/<desc id="description">[^<]*shop-worker calls temporal-frontend \(gRPC 7233 · mTLS \+ token\)\./)
})

describe.each([
  ['drawn for people', false],
  ['with all connections', true],
])('%s', async (_, all) => {
  const layout = await layOut(contentOf(plan, { all }))
  test('no two boxes overlap', () => {
    for (const [index, one] of layout.boxes.entries())
      for (const other of layout.boxes.slice(index + 1)) expect(overlap(one.at, other.at), `${one.box.name} and ${other.box.name}`).toBe(false)
  })
  test('everything stands inside of the picture, and each area around its boxes', () => {
    for (const { box, at } of layout.boxes) expect(inside(at, { x: 0, y: 0, width: layout.width, height: layout.height }), box.name).toBe(true)
    for (const { frame, at } of layout.areas)
      for (const { box, at: its } of layout.boxes.filter(({ box: { name } }) => frame.boxes.some((own) => own.name === name)))
        expect(inside(its, at), box.name).toBe(true)
  })
  test('each arrow begins at its caller, ends at what is called, and passes through no other box', () => {
    for (const { arrow, points } of layout.arrows) {
      const [first, last] = [points[0], points.at(-1)]
      expect(last && touches(last, placeOf(layout, arrow.to)), `${arrow.from} to ${arrow.to}`).toBe(true)
      expect(first && touches(first, placeOf(layout, arrow.from)), `${arrow.from} to ${arrow.to}`).toBe(true)
      for (const { box, at } of layout.boxes) expect(passes(points, at), `${arrow.from} to ${arrow.to} through ${box.name}`).toBe(false)
    }
  })
})

function namesIn(picture: string): string[] {
  return [...picture.matchAll(/<text class="name"[^>]*>([^<]*)</g)].map(([, name = '']) => name).toSorted()
}

function withTwins(name: string): string[] {
  return [name, ...(content.areas.flatMap(({ boxes }) => boxes).find((box) => box.name === name)?.also ?? [])]
}

function placeOf(layout: Layout, name: string): Rectangle {
  return (layout.boxes.find(({ box }) => box.name === name) ?? layout.rings.find(({ ring }) => ring.name === name))!.at
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

function inside(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width + 0.01 && inner.y + inner.height <= outer.y + outer.height + 0.01
  )
}

function touches({ x, y }: Point, at: Rectangle): boolean {
  return x >= at.x - 0.01 && x <= at.x + at.width + 0.01 && y >= at.y - 0.01 && y <= at.y + at.height + 0.01
}

/** Whether a way goes through the inner part of a rectangle. */
function passes(points: readonly Point[], at: Rectangle): boolean {
  const inner = { x: at.x + 1, y: at.y + 1, width: at.width - 2, height: at.height - 2 }
  return points.slice(1).some((to, index) => {
    const from = points[index]!
    const line = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x) + 0.001, height: Math.abs(from.y - to.y) + 0.001 }
    return overlap(line, inner)
  })
}
