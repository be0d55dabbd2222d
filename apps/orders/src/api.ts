import { runApi } from '@sundial/api'
import { orders } from './contract.ts'

/** The orders product over HTTP. */
await runApi({ contract: orders, title: 'Orders API', version: '1.0.0', description: 'Places orders, follows them, and decides about the large ones.' })
