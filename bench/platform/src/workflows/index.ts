import { implementWorkflows } from '@sundial/worker/workflow'
import type { bench } from '../contract.ts'

export default implementWorkflows<typeof bench>({
  echo: async (_context, input) => input,
  'one-activity': async (context, input) => context.activities.echoActivity(input),
})
