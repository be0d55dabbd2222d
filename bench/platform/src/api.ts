import { runApi } from '@sundial/api'
import { bench } from './contract.ts'

/** The API over what is measured. */
await runApi({ contract: bench, title: 'Bench', version: '1.0.0' })
