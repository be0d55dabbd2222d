import type { Contract } from '@sundial/contract'
import { type ReplayHistoriesIterable, Worker } from '@temporalio/worker'
import { bundleWorkflows } from '../bundle/bundle-workflows.ts'

export interface ReplayHistoriesOptions {
  readonly contract: Contract
  /** The compiled module whose default export `implementWorkflows` made. */
  readonly workflows: URL
  /** Recorded histories with their workflow ids: from files, or `client.workflow.list(…).intoHistories()`. */
  readonly histories: ReplayHistoriesIterable
}

export interface ReplayReport {
  /** How many histories were replayed. */
  readonly replayed: number
  /** By workflow id: why today's code would not have written this history. */
  readonly failures: ReadonlyMap<string, Error>
}

/**
 * Replays what workflows did in the past through today's code. A failure means that running workflows would break when this
 * code is deployed. No server is needed.
 */
export async function replayHistories({ contract, workflows, histories }: ReplayHistoriesOptions): Promise<ReplayReport> {
  const workflowBundle = await bundleWorkflows({ contract, workflows })
  const failures = new Map<string, Error>()
  let replayed = 0
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    replayed += 1
    if (error) failures.set(workflowId, error)
  }
  return { replayed, failures }
}
