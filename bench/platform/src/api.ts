import { runApi } from '@sundial/api'
import { bench, NOBODYS_QUEUE } from './contract.ts'

/** The API over what is measured. What it starts nobody runs: that would take the processors from the next start. */
await runApi({ contract: { ...bench, taskQueue: NOBODYS_QUEUE }, title: 'Bench', version: '1.0.0' })
