import type { Contract } from '@sundial/contract'
import { type NativeConnection, Worker, type WorkerPlugin } from '@temporalio/worker'
import { type KitOptions, kitOptions } from './worker-options.ts'

export interface CreateWorkerOptions<C extends Contract> extends KitOptions<C> {
  readonly connection: NativeConnection
  readonly namespace: string
  /** What else has a say in the worker's options. */
  readonly plugins: readonly WorkerPlugin[]
}

/** A worker of the contract's task queue. Rejects when the namespace is not there, or we are not let in. */
export function createWorker<C extends Contract>({ connection, namespace, plugins, ...kit }: CreateWorkerOptions<C>): Promise<Worker> {
  return Worker.create({ ...kitOptions(kit), connection, namespace, plugins: [...plugins] })
}
