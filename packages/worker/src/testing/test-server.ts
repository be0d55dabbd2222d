import { createLogger, readTemporalSettings, SettingsReader, TemporalAccess } from '@sundial/runtime'
import { Client, Connection } from '@temporalio/client'
import { NativeConnection } from '@temporalio/worker'

export interface OpenServer {
  readonly client: Client
  readonly connection: NativeConnection
  readonly namespace: string
  close(): Promise<void>
}

/** Connects to a server that runs. Throws a `SettingsError` that lists what is wrong with the environment. */
export async function openServer(env: NodeJS.ProcessEnv): Promise<OpenServer> {
  const reader = new SettingsReader(env)
  const settings = readTemporalSettings(reader)
  reader.finish()
  const material = await new TemporalAccess(settings, createLogger('test', 'silent')).material()
  const clientConnection = await Connection.connect({ ...material })
  const connection = await NativeConnection.connect({ ...material })
  const { namespace } = settings
  return {
    client: new Client({ connection: clientConnection, namespace }),
    connection,
    namespace,
    async close() {
      await clientConnection.close()
      await connection.close()
    },
  }
}
