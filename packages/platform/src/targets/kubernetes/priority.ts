import type { Area } from '../../model/workload.ts'

/** Temporal stays when products must give way: they can wait for it, and nobody can do without it. */
export const PRIORITIES = {
  platform: { value: 1_000_000, description: 'Temporal and what it needs' },
  product: { value: 100_000, description: 'Workers and APIs of products' },
} as const

const PRIORITY_OF_AREA: Readonly<Record<Area, keyof typeof PRIORITIES>> = { backend: 'platform', identity: 'platform', product: 'product', outside: 'product' }

export function priorityName(platform: string, priority: keyof typeof PRIORITIES): string {
  return `${platform}-${priority}`
}

export function priorityOf(platform: string, area: Area): string {
  return priorityName(platform, PRIORITY_OF_AREA[area])
}
