import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Measured, SlotRequest, SlotResult } from '../benches/bench.ts'
import type { Workspace } from '../contestants/contestant.ts'
import { describeMachine } from '../machine/describe.ts'
import type { ResultFile, Slot } from '../results/schema.ts'
import { dropReason, RULE } from './drop.ts'
import { orderOf } from './order.ts'

export interface RunOptions {
  readonly quick: boolean
  readonly seed: number
  /** @default the bench's own */
  readonly passes?: number | undefined
  /** Whether noisy slots are left out. */
  readonly drop: boolean
  readonly signal: AbortSignal
  /** Tells what is happening. */
  note(text: string): void
  /** Tells of each slot when it is done. */
  done(slot: Slot): void
}

/** Prepares the contestants of a bench, measures them in turns, and gives all that was found. */
export async function runBench<C extends Measured>(bench: Bench<C>, options: RunOptions): Promise<ResultFile> {
  const { quick, seed, signal, note } = options
  const folder = await mkdtemp(join(tmpdir(), 'sundial-bench-'))
  const workspace: Workspace = { folder, signal, note }
  try {
    for (const contestant of bench.contestants) {
      note(`preparing ${contestant.title}`)
      await contestant.prepare(workspace)
    }
    const startedAt = new Date().toISOString()
    const passes = options.passes ?? (quick ? bench.passes.quick : bench.passes.full)
    const ids = bench.contestants.map(({ id }) => id)
    const order = Object.fromEntries(bench.phases.map((phase, index) => [phase, orderOf(ids, passes, seed + index)]))
    const { slots, settings } = await measureAll(bench, { order, workspace, options })
    return {
      format: 1,
      bench: bench.name,
      title: bench.title,
      startedAt,
      finishedAt: new Date().toISOString(),
      quick,
      seed,
      passes,
      order,
      ...(await describeMachine(signal)),
      rule: { ...RULE, applied: options.drop },
      load: { ...bench.load(quick) },
      cells: { ...bench.cells },
      metrics: { ...bench.metrics },
      headlines: [...bench.headlines],
      inTable: [...bench.inTable],
      contestants: Object.fromEntries(bench.contestants.map(({ id, title, description }) => [id, { title, description, settings: { ...settings.get(id) } }])),
      comparisons: [...bench.comparisons],
      floor: bench.floor,
      slots,
    }
  } finally {
    await bench.finish?.()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Measuring {
  readonly order: Readonly<Record<string, readonly (readonly string[])[]>>
  readonly workspace: Workspace
  readonly options: RunOptions
}

async function measureAll<C extends Measured>(bench: Bench<C>, { order, workspace, options }: Measuring) {
  const { quick, drop, note, done, signal } = options
  const slots: Slot[] = []
  const settings = new Map<string, SlotResult['settings']>()
  const passes = order[bench.phases[0] ?? '']?.length ?? 0
  for (let pass = 0; pass < passes; pass++) {
    for (const phase of bench.phases) {
      for (const id of order[phase]?.[pass] ?? []) {
        signal.throwIfAborted()
        const contestant = bench.contestants.find((one) => one.id === id) as C
        note(`pass ${pass + 1} of ${passes}, ${phase}: ${contestant.title}`)
        const request: SlotRequest<C> = { contestant, phase, quick, workspace }
        const startedAt = new Date().toISOString()
        const result = await bench.measure(request)
        const dropped = result.fault ?? (drop ? dropReason(result.noise) : undefined)
        const slot: Slot = { pass, phase, contestant: id, startedAt, noise: result.noise, ...(dropped !== undefined && { dropped }), cells: copy(result.cells) }
        slots.push(slot)
        settings.set(id, result.settings)
        done(slot)
      }
    }
  }
  return { slots, settings }
}

function copy(cells: SlotResult['cells']): Slot['cells'] {
  return Object.fromEntries(Object.entries(cells).map(([cell, values]) => [cell, { ...values }]))
}
