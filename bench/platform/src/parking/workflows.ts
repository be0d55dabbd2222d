import { implementWorkflows } from '@sundial/worker/workflow'
import { condition } from '@temporalio/workflow'
import type { parking } from './contract.ts'
import { ADDRESS, HISTORY, LINES, OUTPUT, PROGRESS, TOTALS } from './values.ts'

// oxlint-disable-next-line import/no-default-export -- what Temporal looks for
export default implementWorkflows<typeof parking>({
  async park(context, input) {
    let open = true
    const close = () => void (open = false)
    context.onSignal('approve', close)
    context.onSignal('reject', close)
    context.onSignal('note', close)
    context.onQuery('progress', () => PROGRESS)
    context.onQuery('totals', () => TOTALS)
    context.onQuery('history', () => HISTORY)
    context.onUpdate('changeLines', () => LINES)
    context.onUpdate('changeAddress', () => ADDRESS)
    await condition(() => !open)
    return OUTPUT(input.orderId)
  },
})
