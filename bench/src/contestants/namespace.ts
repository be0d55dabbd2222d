import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'
import { NAMESPACE } from '../driver/access.ts'
import { until } from '../processes/until.ts'

/** ALREADY_EXISTS of gRPC. */
const ALREADY_EXISTS = 6
/** As in chart temporal values.yaml: server.config.namespaces. */
const RETENTION = '3d'

/** Makes the namespace of the worker, waiting for the server; it may be there already. */
export async function registerNamespace(address: string, signal: AbortSignal): Promise<void> {
  const register = async () => {
    const connection = Connection.lazy({ address, tls: false, interceptors: [] })
    try {
      const request = { namespace: NAMESPACE, workflowExecutionRetentionPeriod: msToTs(RETENTION) }
      await connection.withDeadline(Date.now() + 2_000, () => connection.workflowService.registerNamespace(request))
    } catch (error) {
      if ((error as { code?: number }).code !== ALREADY_EXISTS) throw error
    } finally {
      await connection.close()
    }
    return true
  }
  await until('the namespace is there', register, { signal, everyMs: 200 })
}
