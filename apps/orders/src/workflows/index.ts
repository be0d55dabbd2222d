import { implementWorkflows } from '@sundial/worker/workflow'
import type { orders } from '../contract.ts'
import { dailyReport } from './daily-report.ts'
import { fulfilOrder } from './fulfil-order.ts'

export default implementWorkflows<typeof orders>({ 'fulfil-order': fulfilOrder, 'daily-report': dailyReport })
