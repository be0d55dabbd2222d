import { runWorker } from '@sundial/worker'
import { bench } from './contract.ts'

/** The one worker of all contestants. What differs between them is in its environment. */
await runWorker({
  contract: bench,
  workflows: new URL('./workflows/index.js', import.meta.url),
  activities: { echoActivity: async (input) => input },
})
