import type { ActivityImplementations } from '@sundial/worker/activity'
import type { orders } from '../contract.ts'

/** The implementation of one activity of the contract. */
export type Implementation<A extends keyof ActivityImplementations<typeof orders>> = ActivityImplementations<typeof orders>[A]
