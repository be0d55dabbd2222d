import { condition, proxyActivities } from '@temporalio/workflow'
import { OUTPUT } from '../parking/values.ts'
import { setHandlers } from './handlers.ts'

interface Message {
  readonly text: string
}

const { echoActivity } = proxyActivities<{ echoActivity(input: Message): Promise<Message> }>({ startToCloseTimeout: '10s', scheduleToCloseTimeout: '1m' })

/** Waits, as the parked workflow of the contract, and checks nothing. */
export async function park(input: { readonly orderId: string }): Promise<unknown> {
  let open = true
  setHandlers(() => void (open = false))
  await condition(() => !open)
  return OUTPUT(input.orderId)
}

export async function echo(input: Message): Promise<Message> {
  return input
}

async function oneActivity(input: Message): Promise<Message> {
  return echoActivity(input)
}
export { oneActivity as 'one-activity' }
