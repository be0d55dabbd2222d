import { condition } from '@temporalio/workflow'
import * as schemas from '../parking/schemas.ts'
import { OUTPUT } from '../parking/values.ts'
import { setHandlers } from './handlers.ts'

const CHECKS = {
  approve: schemas.approval,
  reject: schemas.rejection,
  note: schemas.note,
  progress: schemas.progress,
  totals: schemas.totals,
  'history.input': schemas.historyQuery,
  history: schemas.historyAnswer,
  'changeLines.input': schemas.changedLines,
  changeLines: schemas.changedLinesAnswer,
  'changeAddress.input': schemas.changedAddress,
  changeAddress: schemas.changedAddressAnswer,
} as const

/** The same with the contract's own schemas in the sandbox. */
export async function park(given: unknown): Promise<unknown> {
  const input = schemas.orderInput.parse(given)
  let open = true
  setHandlers(
    () => void (open = false),
    (name, value) => CHECKS[name as keyof typeof CHECKS].parse(value),
  )
  await condition(() => !open)
  return schemas.orderOutput.parse(OUTPUT(input.orderId))
}
