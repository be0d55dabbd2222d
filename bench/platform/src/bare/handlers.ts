import { defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow'
import { ADDRESS, HISTORY, LINES, PROGRESS, TOTALS } from '../parking/values.ts'

/** Checks what comes in or goes out, or does nothing. */
export type Check = (name: string, value: unknown) => unknown

/** The handlers of a parked workflow, written with the SDK alone. */
export function setHandlers(close: () => void, check: Check = (_name, value) => value): void {
  for (const name of ['approve', 'reject', 'note']) {
    setHandler(defineSignal<[unknown]>(name), (value) => {
      check(name, value)
      close()
    })
  }
  setHandler(defineQuery('progress'), () => check('progress', PROGRESS))
  setHandler(defineQuery('totals'), () => check('totals', TOTALS))
  setHandler(defineQuery<unknown, [unknown]>('history'), (value) => {
    check('history.input', value)
    return check('history', HISTORY)
  })
  setHandler(defineUpdate<unknown, [unknown]>('changeLines'), (value) => {
    check('changeLines.input', value)
    return check('changeLines', LINES)
  })
  setHandler(defineUpdate<unknown, [unknown]>('changeAddress'), (value) => {
    check('changeAddress.input', value)
    return check('changeAddress', ADDRESS)
  })
}
