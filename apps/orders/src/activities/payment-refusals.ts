import { ApplicationFailure } from '@temporalio/activity'
import { PaymentRefusedError } from '../payment/errors.ts'

/** Calls the payment provider; what it refuses is not asked again. */
export async function withoutRetryOfRefusals<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof PaymentRefusedError) throw ApplicationFailure.create({ message: error.message, type: error.name, nonRetryable: true, cause: error })
    throw error
  }
}
