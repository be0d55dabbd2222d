import { DefaultFailureConverter } from '@temporalio/common'

/**
 * Puts messages and stack traces of failures, which stand in clear otherwise, into a payload, where a codec encrypts them. The SDK requires this
 * module by its path.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
