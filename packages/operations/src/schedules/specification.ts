import { z } from 'zod'

const duration = z.union([z.number(), z.string()])

/** A schedule as it should be: as its contract declares it, which has been checked. */
export const scheduleSchema = z.strictObject({
  id: z.string().min(1),
  description: z.string(),
  workflow: z.string().min(1),
  taskQueue: z.string().min(1),
  input: z.unknown(),
  executionTimeout: duration.optional(),
  cron: z.union([z.string(), z.array(z.string())]).optional(),
  timezone: z.string().optional(),
  every: duration.optional(),
  offset: duration.optional(),
  jitter: duration.optional(),
  overlap: z.enum(['skip', 'buffer-one', 'buffer-all', 'cancel-other', 'terminate-other', 'allow-all']).optional(),
  catchupWindow: duration.optional(),
  pauseOnFailure: z.boolean().optional(),
  paused: z.boolean().optional(),
})
export type ScheduleSpecification = z.output<typeof scheduleSchema>

/** The schedules of one contract. Those that are not named any more are removed. */
export const contractSchedulesSchema = z.strictObject({ contract: z.string().min(1), schedules: z.array(scheduleSchema) })
export type ContractSchedules = z.output<typeof contractSchedulesSchema>
