import { TEMPORAL_ROLES, type TemporalRole } from '../../model/settings/temporal-copies.ts'
import type { Call, Port } from '../../model/workload.ts'
import { INTERNODE_SERVER_NAME, FRONTEND_SERVER_NAME } from './names.ts'

/** What belongs to a role, whichever workload runs it. */
interface RoleFacts {
  readonly workload: string
  readonly description: string
  readonly grpc: number
  readonly membership: number
  readonly http?: number
  readonly metrics: number
  /** Name in the gRPC health service. */
  readonly health: string
}

/** Default ports and health names of Temporal 1.32; the metrics ports are ours. */
export const ROLES: Readonly<Record<TemporalRole, RoleFacts>> = {
  frontend: {
    workload: 'temporal-frontend',
    description: 'Temporal’s API for clients: checks certificates and tokens',
    grpc: 7233,
    membership: 6933,
    http: 7243,
    metrics: 9090,
    health: 'temporal.api.workflowservice.v1.WorkflowService',
  },
  'internal-frontend': {
    workload: 'temporal-internal-frontend',
    description: 'Temporal’s API for its own processes, which are administrators',
    grpc: 7236,
    membership: 6936,
    metrics: 9091,
    health: 'temporal.api.workflowservice.v1.WorkflowService',
  },
  history: {
    workload: 'temporal-history',
    description: 'Keeps the state of workflows',
    grpc: 7234,
    membership: 6934,
    metrics: 9092,
    health: 'temporal.api.workflowservice.v1.HistoryService',
  },
  matching: {
    workload: 'temporal-matching',
    description: 'Hands tasks to workers',
    grpc: 7235,
    membership: 6935,
    metrics: 9093,
    health: 'temporal.api.workflowservice.v1.MatchingService',
  },
  worker: {
    workload: 'temporal-system-worker',
    description: 'Runs Temporal’s own background workflows',
    grpc: 7239,
    membership: 6939,
    metrics: 9094,
    health: 'temporal.api.workflowservice.v1.WorkerService',
  },
}

/** Ports of one role. The internal frontend has no HTTP port: that one would use the frontend's certificate. */
export function portsOf(role: TemporalRole): Record<string, Port> {
  const { grpc, membership, http, metrics } = ROLES[role]
  const internode = { domain: 'internode', mutual: true, serverName: INTERNODE_SERVER_NAME } as const
  const tls = role === 'frontend' ? ({ domain: 'client', mutual: true, serverName: FRONTEND_SERVER_NAME } as const) : internode
  const authentication = role === 'frontend' ? ({ authentication: 'token' } as const) : {}
  return {
    grpc: { number: grpc, protocol: 'grpc', tls, ...authentication },
    membership: { number: membership, protocol: 'tcp', tls: internode },
    ...(http !== undefined && { http: { number: http, protocol: 'http', tls, ...authentication } }),
    metrics: { number: metrics, protocol: 'http' },
  }
}

/** Roles whose gRPC other server processes call; clients call the frontend only. */
const SERVED_INTERNALLY: readonly TemporalRole[] = ['history', 'matching', 'internal-frontend']

/** The ring needs every membership port; the rest is gRPC between the roles. */
export function callsOf(role: TemporalRole): Call[] {
  const ring = TEMPORAL_ROLES.filter((other) => other !== role).map((other) => ({ party: ROLES[other].workload, port: 'membership' }))
  const served = SERVED_INTERNALLY.filter((other) => other !== role || other === 'history').map((other) => ({ party: ROLES[other].workload, port: 'grpc' }))
  return [...ring, ...served]
}
