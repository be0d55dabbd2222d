import type { Value } from '../../model/values.ts'
import { certificate, endpoint, trustBundle } from '../../model/values.ts'

export const TEMPORAL = 'temporal'
/** One logical name for all server processes: they find each other by address and ask for this name. */
export const INTERNODE_SERVER_NAME = 'temporal-internode'
export const FRONTEND_SERVER_NAME = 'temporal-frontend'
export const DATABASE_SECRET = 'temporal-database'
export const MAIN_DATABASE = 'temporal'
export const VISIBILITY_DATABASE = 'temporal_visibility'
export const NAMESPACES_JOB = 'temporal-namespaces'

/** How a program reaches the frontend, in the official variables; it needs a certificate of the `client` domain. */
export function clientEnvironment(namespace: string): Record<string, Value> {
  const { certFile, keyFile } = certificate('client')
  return {
    TEMPORAL_ADDRESS: endpoint(FRONTEND_SERVER_NAME, 'grpc'),
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_TLS_SERVER_NAME: FRONTEND_SERVER_NAME,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: trustBundle('client').caFile,
    TEMPORAL_TLS_CLIENT_CERT_PATH: certFile,
    TEMPORAL_TLS_CLIENT_KEY_PATH: keyFile,
  }
}
