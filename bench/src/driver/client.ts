import { Client, Connection } from '@temporalio/client'
import { bench } from 'bench-platform/contract'
import { accessMaterial, NAMESPACE, type Access } from './access.ts'

export const TASK_QUEUE = bench.taskQueue

export interface OpenClient {
  readonly client: Client
  readonly connection: Connection
}

/** A client of the contestant. Nothing is sent before the first call. Rejects while it cannot be known how to connect. */
export async function openClient(access: Access, { retries }: { readonly retries: boolean }): Promise<OpenClient> {
  const material = await accessMaterial(access)
  const connection = Connection.lazy({
    ...material,
    // Whoever polls tries again at once, and not after the pauses of the SDK.
    ...(!retries && { interceptors: [] }),
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 50, 'grpc.max_reconnect_backoff_ms': 100 },
  })
  return { connection, client: new Client({ connection, namespace: NAMESPACE }) }
}
