import { isTrustDomain } from '../../../model/values.ts'
import type { Port, Probe, Workload } from '../../../model/workload.ts'
import { certificateFolder, trustFolder } from '../paths.ts'

/** Where the health probe's binary is, in pods that need it. */
export const PROBE_FOLDER = '/probe'
const PROBE_COMMAND = `${PROBE_FOLDER}/grpc-health-probe`

/** Seconds between two questions, until one is given up, and how often in a row it must fail. */
const READY = { periodSeconds: 5, timeoutSeconds: 4, failureThreshold: 3 } as const
/** A program that hangs is ended after a minute; before that, it may only be slow. */
const ALIVE = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 } as const
/** A start may take five minutes: history takes over its shards, a worker loads its bundle. */
const STARTED = { periodSeconds: 3, timeoutSeconds: 4, failureThreshold: 100 } as const

export interface ContainerProbes {
  readonly startupProbe?: object
  readonly readinessProbe?: object
  readonly livenessProbe?: object
}

/**
 * Ready is what the program says itself. Alive is asked more modestly, and never whether others are there: a program that waits for its database must not be
 * ended for it.
 */
export function probesOf(workload: Workload): ContainerProbes {
  const { ready, ports } = workload
  if (!ready) return {}
  const handler = handlerOf(ready, ports)
  const alive = aliveHandler(ready, ports)
  return {
    startupProbe: { ...alive, ...STARTED },
    readinessProbe: { ...handler, ...READY },
    livenessProbe: { ...alive, ...ALIVE },
  }
}

/** Whether the pod needs the probe's binary: Kubernetes' own gRPC probe cannot speak TLS. */
export function needsProbeBinary({ ready, ports }: Workload): boolean {
  return ready?.kind === 'grpc' && ports[ready.port]?.tls !== undefined
}

function handlerOf(probe: Probe, ports: Workload['ports']): object {
  const number = ports[probe.port]?.number ?? 0
  if (probe.kind === 'http') return { httpGet: { path: probe.path, port: probe.port } }
  if (probe.kind === 'tcp') return { tcpSocket: { port: probe.port } }
  const tls = ports[probe.port]?.tls
  return tls ? { exec: { command: grpcCommand(number, probe.service, tls) } } : { grpc: { port: number, service: probe.service } }
}

/** Our own programs have a question of its own for this; of others it is whether the port is open. */
function aliveHandler(probe: Probe, ports: Workload['ports']): object {
  if (probe.kind === 'http') return { httpGet: { path: probe.path === '/readyz' ? '/livez' : probe.path, port: probe.port } }
  return handlerOf({ kind: 'tcp', port: probe.port }, ports)
}

/** A pod asks itself with its own certificate: it needs no other, and nobody else needs one of the domain. */
function grpcCommand(port: number, service: string, { domain, serverName, mutual }: NonNullable<Port['tls']>): string[] {
  if (!isTrustDomain(domain)) throw new Error('a workload of the platform serves with a certificate of the platform')
  return [
    PROBE_COMMAND,
    `-addr=127.0.0.1:${port}`,
    `-service=${service}`,
    '-connect-timeout=2s',
    '-rpc-timeout=2s',
    '-tls',
    `-tls-ca-cert=${trustFolder(domain)}/ca.crt`,
    `-tls-server-name=${serverName}`,
    ...(mutual ? [`-tls-client-cert=${certificateFolder(domain)}/tls.crt`, `-tls-client-key=${certificateFolder(domain)}/tls.key`] : []),
  ]
}
