import { defineContract } from '@sundial/contract'
import { z } from 'zod'
import * as schemas from './schemas.ts'

const bounds = { startToCloseTimeout: '10s', scheduleToCloseTimeout: '1m' } as const

/** A workflow that does nothing but wait, of a contract with twenty schemas: what is measured is the memory that it takes. */
export const parking = defineContract({
  name: 'parking',
  taskQueue: 'parking',
  workflows: {
    park: {
      description: 'Waits',
      input: schemas.orderInput,
      output: schemas.orderOutput,
      idempotency: 'allow-duplicate',
      access: {},
      signals: { approve: { input: schemas.approval }, reject: { input: schemas.rejection }, note: { input: schemas.note } },
      queries: {
        progress: { output: schemas.progress },
        totals: { output: schemas.totals },
        history: { input: schemas.historyQuery, output: schemas.historyAnswer },
      },
      updates: {
        changeLines: { input: schemas.changedLines, output: schemas.changedLinesAnswer },
        changeAddress: { input: schemas.changedAddress, output: schemas.changedAddressAnswer },
      },
    },
  },
  activities: {
    reserve: { description: 'Reserves', input: schemas.reserveInput, output: schemas.reserveOutput, ...bounds },
    charge: { description: 'Charges', input: schemas.chargeInput, output: schemas.chargeOutput, ...bounds },
    ship: { description: 'Ships', input: schemas.shipInput, output: schemas.shipOutput, ...bounds },
    notify: { description: 'Notifies', input: schemas.notifyInput, output: z.object({}), ...bounds },
  },
})
