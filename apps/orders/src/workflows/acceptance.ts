import { condition } from '@temporalio/workflow'
import type { Acceptance } from '../contract.ts'
import type { Context } from './context.ts'
import type { Steps } from './steps.ts'

/** Tells those who wait for it whether the order is accepted. */
export interface Acceptor {
  /** Passes on what accepting the order gives, or the error with which it is refused. */
  tell(accepting: ReturnType<Steps['accept']>): ReturnType<Steps['accept']>
}

/** Must be made before the workflow first waits: whoever has placed the order may wait already. */
export function createAcceptor(context: Context): Acceptor {
  let outcome: { readonly accepted: Acceptance } | { readonly refused: unknown } | undefined
  context.onUpdate('await-acceptance', async () => {
    await condition(() => outcome !== undefined)
    if (outcome && 'accepted' in outcome) return outcome.accepted
    throw outcome?.refused
  })
  return {
    async tell(accepting) {
      try {
        const accepted = await accepting
        outcome = { accepted: { total: accepted.total, needsApproval: accepted.approval.required } }
        return accepted
      } catch (error) {
        outcome = { refused: error }
        throw error
      }
    },
  }
}
