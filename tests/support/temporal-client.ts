import { Client, Connection } from '@temporalio/client'
import { addressOf } from './platform.ts'
import { signToken } from './signed-tokens.ts'
import { identityOf, rootOf } from './tls.ts'

/** A client of the platform's Temporal with all permissions, as the Web UI of an administrator. Close its connection. */
export async function temporalClient(namespace = 'orders'): Promise<Client> {
  const { cert, key } = await identityOf('orders-worker', 'client')
  const connection = await Connection.connect({
    address: await addressOf('temporal-frontend', 'grpc'),
    tls: {
      serverNameOverride: 'temporal-frontend',
      serverRootCACertificate: Buffer.from(await rootOf('client')),
      clientCertPair: { crt: Buffer.from(cert), key: Buffer.from(key) },
    },
    apiKey: await signToken({ permissions: ['temporal-system:admin'] }),
  })
  return new Client({ connection, namespace })
}
