import { defineContract } from '@sundial/contract'
import { z } from 'zod'

const message = z.object({ text: z.string() })

/** The task queue of workflows that are started and not run. */
export const NOBODYS_QUEUE = 'nobody'

/** What is measured: the least that a workflow can be, and the same with one activity. */
export const bench = defineContract({
  name: 'bench',
  taskQueue: 'bench',
  workflows: {
    echo: { description: 'Answers at once', input: message, output: message, idempotency: 'allow-duplicate', access: { start: 'bench:write' } },
    'one-activity': { description: 'Answers what one activity answers', input: message, output: message, idempotency: 'allow-duplicate', access: {} },
  },
  activities: {
    echoActivity: { description: 'Answers at once', input: message, output: message, startToCloseTimeout: '10s', scheduleToCloseTimeout: '1m' },
  },
})
