import type { Noise } from '../machine/noise.ts'

/** A slot does not count when more of the processors than this went elsewhere. Fixed before any run, and the same for all contestants. */
export const RULE = { steal: 0.1, foreign: 0.15 } as const

/** Why a slot does not count; nothing if it does. */
export function dropReason({ steal, foreign }: Noise): string | undefined {
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`
  if (steal > RULE.steal) return `other guests of the host took ${percent(steal)} of the processors`
  if (foreign > RULE.foreign) return `other processes used ${percent(foreign)} of the processors`
  return undefined
}
