import { condition } from '@temporalio/workflow'
import type { Context } from './context.ts'
import type { Progress } from './progress.ts'

type Decision =
  | { readonly kind: 'approved'; readonly by: string; readonly comment?: string | undefined }
  | { readonly kind: 'rejected'; readonly by: string; readonly reason: string }

/** Takes the decision about an order. */
export interface Approver {
  /**
   * Waits until somebody decides, and gives the name of who approved. Throws `ApprovalRejected`, or `ApprovalExpired` at the deadline.
   * A decision that came before anybody asked counts.
   */
  approval(deadlineMs: number): Promise<string>
}

/** Must be made before the workflow first waits: signals may be there already. The first decision counts, later ones change nothing. */
export function createApprover(context: Context, progress: Progress): Approver {
  let decision: Decision | undefined
  context.onSignal('approve', ({ by, comment }) => {
    decision ??= { kind: 'approved', by, comment }
  })
  context.onSignal('reject', ({ by, reason }) => {
    decision ??= { kind: 'rejected', by, reason }
  })
  return {
    async approval(deadlineMs) {
      const deadline = new Date(Date.now() + deadlineMs).toISOString()
      progress.enter('waiting-for-approval')
      progress.approval({ required: true, deadline })
      if (!decision) progress.record(`waits for approval until ${deadline}`)
      await condition(() => decision !== undefined, deadlineMs)
      if (!decision) throw context.error('ApprovalExpired', { deadline }, `nobody decided until ${deadline}`)
      const { kind, by } = decision
      progress.approval({ required: true, deadline, decision: kind, by })
      if (decision.kind === 'rejected') throw context.error('ApprovalRejected', { by, reason: decision.reason }, `${by} refused the order: ${decision.reason}`)
      progress.record(`approved by ${by}${decision.comment ? `: ${decision.comment}` : ''}`)
      return by
    },
  }
}
