import { runWorker } from '@sundial/worker'
import { parking } from './contract.ts'

const notCalled = () => Promise.reject(new Error('parked workflows call nothing'))

/** The kit's worker of parked workflows. */
await runWorker({
  contract: parking,
  workflows: new URL('./workflows.js', import.meta.url),
  activities: { reserve: notCalled, charge: notCalled, ship: notCalled, notify: notCalled },
})
