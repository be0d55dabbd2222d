import { z } from 'zod'
import { money } from './money.ts'

const day = z.iso.date().describe('A day of UTC, such as 2026-01-31')

export const reportRequest = z.object({ day: day.optional().describe('A day of UTC. Left out, the one before the report is due') })

/** What became of the orders of a day. */
export const dailyReport = z.object({
  day,
  accepted: z.int().describe('Tries at an order that were priced that day; an order that is sent again after it was undone counts again'),
  shipped: z.int().describe('How many of these have a parcel that is on its way'),
  declined: z.int().describe('How many of these had a card that was refused'),
  revenue: money.describe('What was charged for these and not given back'),
})

/** The day that an activity is asked about. */
export const reportDay = z.object({ day })
