import { seededRandom, shuffled } from '../statistics/random.ts'

/**
 * The order of contestants in each pass: by chance, and the next pass in the reverse (ABBA for two). So each pair is measured both ways, and what
 * changes steadily over time hits both alike.
 */
export function orderOf(contestants: readonly string[], passes: number, seed: number): string[][] {
  const random = seededRandom(seed)
  const order: string[][] = []
  while (order.length < passes) {
    const pass = shuffled(contestants, random)
    order.push(pass, pass.toReversed())
  }
  return order.slice(0, passes)
}
