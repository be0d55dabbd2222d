import { CancellationScope, log } from '@temporalio/workflow'
import { explain } from './explain.ts'
import type { Progress } from './progress.ts'

/** How to undo one step. */
export interface Undo {
  /** What is undone, for people. */
  readonly step: string
  /** Gets the reason as the customer may read it. Must hold whether the step was done, was not done, or is still running somewhere. Resolves with what it did, or nothing if there was nothing to do. */
  run(reason: string): Promise<string | undefined>
}

/** Remembers how to undo what was begun. */
export interface UndoList {
  /** Call it before the step, not after: a step that fails, or whose answer is lost, may have been done. */
  add(undo: Undo): void
  /**
   * Undoes everything, last first, also in a workflow that is cancelled. One that fails does not keep the others from running. Never rejects, so
   * that the first error stays the one that is reported: gives the steps that could not be undone.
   */
  run(progress: Progress, reason: string): Promise<readonly string[]>
}

export function createUndoList(): UndoList {
  const undos: Undo[] = []
  return {
    add: (undo) => void undos.push(undo),
    run: (progress, reason) =>
      CancellationScope.nonCancellable(async () => {
        const failed: string[] = []
        for (let undo = undos.pop(); undo; undo = undos.pop()) {
          try {
            const done = await undo.run(reason)
            if (done !== undefined) progress.record(done)
          } catch (error) {
            failed.push(undo.step)
            const { message } = explain(error)
            log.error('a step could not be undone', { step: undo.step, reason: message })
            progress.record(`${undo.step} could not be undone: ${message}`)
          }
        }
        return failed
      }),
  }
}
