import { DefaultFailureConverter } from '@temporalio/common'

/** Set by `withEncodedFailures` in the code of a bundle. */
const switched = (globalThis as { sundialEncodesFailures?: boolean }).sundialEncodesFailures === true

/**
 * Where payloads are encrypted, messages and stack traces of failures go into a payload too. The same bundle runs where they are and where they
 * are not, so the worker that runs it switches it. The SDK looks for this export.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: switched })
