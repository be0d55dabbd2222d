import { z } from 'zod'

/** An amount in minor units (cents), so that no sum is ever rounded. */
export const money = z.object({
  amount: z.int().nonnegative().describe('In minor units: 1250 is 12.50'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .describe('ISO 4217'),
})
export type Money = z.output<typeof money>
