import { createRequire } from 'node:module'
import type * as Grpc from '@grpc/grpc-js'
import type { InterceptingCall, Interceptor } from '@grpc/grpc-js'

/** Loaded when it is needed: not every program that uses us has connections to Temporal. */
const require = createRequire(import.meta.url)

/** What gRPC does not export. */
type Call = ReturnType<Parameters<Interceptor>[1]>

/**
 * The last interceptor of a connection to Temporal. Those of the SDK try a request again after a pause, which nobody can call off. If the connection was closed
 * meanwhile, gRPC throws: out of a timer, so that the process would end. With this one the request is answered then, with the code 1 (cancelled).
 */
export function endWithConnection(): Interceptor {
  return (options, nextCall) => {
    try {
      // As gRPC itself has it: whatever can do what a call does.
      return nextCall(options) as InterceptingCall
    } catch (error) {
      return answered((error as Error).message) as InterceptingCall
    }
  }
}

/** A call that was never sent. */
function answered(details: string): Call {
  const { Metadata, status } = require('@grpc/grpc-js') as typeof Grpc
  const nothing = () => {}
  return {
    start(_metadata, listener) {
      process.nextTick(() => {
        // Of every call there is a message before its status; without an answer it is empty.
        listener?.onReceiveMessage?.(null)
        listener?.onReceiveStatus?.({ code: status.CANCELLED, details, metadata: new Metadata() })
      })
    },
    cancelWithStatus: nothing,
    getPeer: () => '',
    sendMessageWithContext: nothing,
    sendMessage: nothing,
    startRead: nothing,
    halfClose: nothing,
    getAuthContext: () => null,
  }
}
