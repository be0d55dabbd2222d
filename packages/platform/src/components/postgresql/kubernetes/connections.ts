import { type Allowed, callsApiServer, type Cluster, outside, pods, scrapedAt, storePort, systemPods } from '../../../targets/kubernetes/kit.ts'
import { CLUSTER_LABELS, NAMESPACE } from './names.ts'

export const SQL = 5432
/** The instance manager's own, with its state; the operator asks it, and servers ask each other. */
const STATUS = 8000
const METRICS = 9187

export const SERVERS = pods(NAMESPACE, CLUSTER_LABELS)

/** Connections that nobody declares: those of the operator, and of the servers. */
export function clusterConnections(cluster: Cluster): Allowed[] {
  const { backups, systems } = cluster.settings
  const operator = systemPods(systems.cloudNativePg, pods('operators', { 'app.kubernetes.io/name': 'cloudnative-pg' }))
  return [
    { from: operator, to: SERVERS, ports: [{ number: STATUS }, { number: SQL }], why: 'CloudNativePG looks after its servers' },
    { from: SERVERS, to: SERVERS, ports: [{ number: SQL }, { number: STATUS }], why: 'the servers follow each other' },
    callsApiServer(SERVERS, 'each server of PostgreSQL', cluster),
    scrapedAt(SERVERS, METRICS, 'PostgreSQL'),
    ...(backups ? [{ from: SERVERS, to: outside(cluster), ports: [{ number: storePort(backups) }], why: 'backups go to the object store' }] : []),
  ]
}
