import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client'

type Interceptor = ReturnType<typeof makeGrpcRetryInterceptor>

/** The gRPC code of a server that cannot be reached. */
const UNAVAILABLE = 14

/**
 * Two attempts, and only when the server could not be reached. The SDK makes ten, also for requests that can never succeed:
 * a bad page token took 20 s and an input that is too large 40 s to be refused.
 */
export function retryOnce(): Interceptor {
  const { delayFunction } = defaultGrpcRetryOptions()
  return makeGrpcRetryInterceptor({ delayFunction, retryableDecider: (attempt, { code }) => attempt < 2 && code === UNAVAILABLE })
}
