import { runApi } from '@sundial/api'
import { orders } from './contract.ts'

/** The orders product over HTTP. */
await runApi({ contract: orders })
