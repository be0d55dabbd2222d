import { type Allowed, API_SERVER_PORTS, apiServer, type Cluster, outside, pods, PROMETHEUS } from '../../../targets/kubernetes/kit.ts'
import { CLUSTER_LABELS, NAMESPACE } from './names.ts'

export const SQL = 5432
/** The instance manager's own, with its state; the operator asks it, and servers ask each other. */
const STATUS = 8000
const METRICS = 9187

const OPERATOR = pods('operators', { 'app.kubernetes.io/name': 'cloudnative-pg' })
const SERVERS = pods(NAMESPACE, CLUSTER_LABELS)

/** Connections that nobody declares: those of the operator, and of the servers. */
export function clusterConnections(cluster: Cluster): Allowed[] {
  const { backups } = cluster.settings
  return [
    { from: OPERATOR, to: SERVERS, ports: [{ number: STATUS }, { number: SQL }], why: 'CloudNativePG looks after its servers' },
    { from: SERVERS, to: SERVERS, ports: [{ number: SQL }, { number: STATUS }], why: 'the servers follow each other' },
    { from: SERVERS, to: apiServer(cluster), ports: API_SERVER_PORTS, why: 'the instance managers agree on who takes writes' },
    { from: PROMETHEUS, to: SERVERS, ports: [{ number: METRICS }], why: 'Prometheus scrapes PostgreSQL' },
    ...(backups ? [{ from: SERVERS, to: outside(cluster), ports: [{ number: storePort(backups.endpoint) }], why: 'backups go to the object store' }] : []),
  ]
}

function storePort(endpoint: string | undefined): number {
  if (endpoint === undefined) return 443
  const { port, protocol } = new URL(endpoint)
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port)
}
