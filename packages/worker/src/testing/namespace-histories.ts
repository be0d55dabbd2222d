import { dataConverter, readEncryptionSettings } from '@sundial/codec'
import type { Contract } from '@sundial/contract'
import { createLogger, readTemporalSettings, SettingsReader, TemporalAccess } from '@sundial/runtime'
import { Client, Connection } from '@temporalio/client'
import { decodeHistory } from './decode-history.ts'
import { aboutHistory, type History } from './history-json.ts'

export interface NamespaceHistoriesOptions {
  readonly contract: Contract
  /** How to reach the namespace: what the worker's environment says, `TEMPORAL_*`, `OIDC_*` and `PAYLOAD_*`. */
  readonly env: NodeJS.ProcessEnv
  /** The newest so many of each workflow type. */
  readonly limit: number
  /** A visibility query that they must match, too. @default all */
  readonly query?: string
}

/** A workflow of a namespace, with all that it did, in clear. */
export interface NamespaceHistory {
  readonly workflowType: string
  readonly workflowId: string
  readonly runId: string
  readonly history: History
}

export interface NamespaceHistories {
  /** As the namespace has them, one after the other. */
  histories(): AsyncGenerator<NamespaceHistory>
  close(): Promise<void>
}

/** Opens a namespace to replay what its workflows did. Throws a `SettingsError` that lists what is wrong with the environment; rejects when it cannot be reached. */
export async function namespaceHistories({ contract, env, limit, query }: NamespaceHistoriesOptions): Promise<NamespaceHistories> {
  const reader = new SettingsReader(env)
  const [settings, encryption] = [readTemporalSettings(reader), readEncryptionSettings(reader)]
  reader.finish()
  const { namespace } = settings
  const logger = createLogger('replay', 'silent')
  const connection = await Connection.connect({ ...(await new TemporalAccess(settings, logger).material()) })
  const converter = await dataConverter({ encryption, namespace, logger })
  const client = new Client({ connection, namespace, dataConverter: converter })
  return {
    close: () => connection.close(),
    async *histories() {
      for (const type of Object.keys(contract.workflows)) {
        let found = 0
        for await (const { workflowId, runId } of client.workflow.list({ query: queryOf(contract, type, query) })) {
          if (found++ === limit) break
          const history = await client.workflow.getHandle(workflowId, runId).fetchHistory()
          await decodeHistory(history, converter.payloadCodecs ?? [], { type: 'workflow', namespace, workflowId })
          yield { ...aboutHistory(history), workflowType: type, workflowId, runId, history }
        }
      }
    },
  }
}

/** Names of a contract have no quotes in them. */
function queryOf({ taskQueue }: Contract, type: string, query: string | undefined): string {
  const own = `WorkflowType = '${type}' AND TaskQueue = '${taskQueue}'`
  return query === undefined ? own : `${own} AND (${query})`
}
