import { type AccessMaterial, backgroundProbe, type BackgroundProbe, sameTls, type TemporalAccess } from '@sundial/runtime'
import { Connection } from '@temporalio/client'

export interface ServerProbeOptions {
  readonly access: TemporalAccess
  readonly namespace: string
  readonly taskQueue: string
}

/** In milliseconds. Three lost answers make a worker unready, within 15 s; a server that comes up is noticed at once. */
const TIMING = { periodMs: 100, periodAfterSuccessMs: 4000, timeoutMs: 3000, staleAfterMs: 15_000 }
/** Workflow, of Temporal's `TaskQueueType`. */
const WORKFLOW_TASK_QUEUE = 1

/**
 * Asks the server about the worker's own task queue: that proves the way to it, our identity, and the namespace.
 * It needs a connection of its own, in JavaScript: the worker's says that all is well for a long time after a server died, and takes no short deadline.
 */
export function serverProbe({ access, namespace, taskQueue }: ServerProbeOptions): BackgroundProbe {
  let used: { connection: Connection; material: AccessMaterial } | undefined
  const probe = backgroundProbe({
    name: 'temporal',
    ...TIMING,
    async check(signal) {
      const material = await access.material()
      if (!used || !sameTls(used.material.tls, material.tls)) {
        void used?.connection.close()
        used = { connection: connect(material), material }
      }
      const { connection } = used
      if (material.apiKey !== undefined) connection.setApiKey(material.apiKey)
      await connection.withAbortSignal(signal, () =>
        connection.withDeadline(Date.now() + TIMING.timeoutMs, () =>
          connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: WORKFLOW_TASK_QUEUE }),
        ),
      )
    },
  })
  return {
    state: probe.state,
    close() {
      probe.close()
      void used?.connection.close()
    },
  }
}

function connect({ address, tls, metadata }: AccessMaterial): Connection {
  return Connection.lazy({
    address,
    tls,
    metadata,
    // The probe is what tries again.
    interceptors: [],
    // Without these a server that came back is noticed up to two minutes later.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 500 },
  })
}
