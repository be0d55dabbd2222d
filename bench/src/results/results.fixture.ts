import type { Bench } from '../benches/bench.ts'
import { orderOf } from '../run/order.ts'
import { seededRandom } from '../statistics/random.ts'
import type { ResultFile } from './schema.ts'

export interface Invented {
  readonly bench: Bench
  readonly passes: number
  readonly seed: number
  /** What a contestant has of a metric, before noise. Nothing: it does not have it. */
  value(contestant: string, metric: string, cell: string): number | undefined
}

/** Results as a machine gives them on which each value is off by some 3 %. */
export function inventResults({ bench, passes, seed, value }: Invented): ResultFile {
  const random = seededRandom(seed)
  const noisy = (exact: number) => exact * Math.exp(0.03 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))
  const ids = bench.contestants.map(({ id }) => id)
  const cells = (contestant: string, phase: string) =>
    Object.fromEntries(
      Object.keys(bench.cells)
        .filter((cell) => bench.phases.length === 1 || cell === phase)
        .map((cell) => [
          cell,
          Object.fromEntries(
            Object.keys(bench.metrics).flatMap((metric) => {
              const exact = value(contestant, metric, cell)
              return exact === undefined ? [] : [[metric, noisy(exact)] as const]
            }),
          ),
        ]),
    )
  const order = Object.fromEntries(bench.phases.map((phase) => [phase, orderOf(ids, passes, seed)]))
  const slots = Array.from({ length: passes }, (_, pass) =>
    bench.phases.flatMap((phase) =>
      (order[phase]?.[pass] ?? []).map((contestant) => ({
        pass,
        phase,
        contestant,
        startedAt: '2026-01-02T03:04:05.000Z',
        noise: { steal: 0.01, iowait: 0.02, foreign: 0.03, load: 2 },
        cells: cells(contestant, phase),
      })),
    ),
  ).flat()
  return {
    format: 1,
    bench: bench.name,
    title: bench.title,
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T04:04:05.000Z',
    quick: false,
    seed,
    passes,
    order,
    commit: { hash: '0123456789abcdef0123456789abcdef01234567', changed: false },
    machine: { processors: '2 × invented', memory: '4 GiB', system: 'none' },
    versions: { node: '20.0.0' },
    rule: { steal: 0.1, foreign: 0.15, applied: true },
    load: { ...bench.load(false) },
    cells: { ...bench.cells },
    metrics: { ...bench.metrics },
    headlines: [...bench.headlines],
    inTable: [...bench.inTable],
    contestants: Object.fromEntries(bench.contestants.map(({ id, title, description }) => [id, { title, description, settings: { setting: 'value <&>' } }])),
    comparisons: [...bench.comparisons],
    floor: bench.floor,
    slots,
  }
}
