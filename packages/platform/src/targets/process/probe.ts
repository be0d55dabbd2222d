import { isTrustDomain } from '../../model/values.ts'
import type { PortTls } from '../../model/workload.ts'
import type { Instance } from './layout.ts'
import { LOOPBACK, type Site } from './machine.ts'
import { certificatePath, trustPath } from './paths.ts'
import type { ProcessProbe, ProcessTls } from './process-plan.ts'
import { Resolver } from './resolve.ts'

/** A process that is ready is asked this often, and given up after this long. A death is noticed at once, without a probe. */
export const PROBE = { periodSeconds: 2, timeoutSeconds: 2 }

/** How a running copy is asked whether it is ready. */
export function probeOf(instance: Instance, machine: Site): ProcessProbe | undefined {
  const { ready, ports } = instance.workload
  if (!ready) return undefined
  const number = new Resolver(machine, instance).ownPort(ready.port)
  if (ready.kind === 'http') return { kind: 'http', url: `http://${LOOPBACK}:${number}${ready.path}`, ...PROBE }
  if (ready.kind === 'tcp') return { kind: ports[ready.port]?.protocol === 'postgresql' ? 'postgresql' : 'tcp', host: LOOPBACK, port: number, ...PROBE }
  const tls = probeTls(ports[ready.port]?.tls, { instance, machine })
  return { kind: 'grpc', address: `${LOOPBACK}:${number}`, service: ready.service, ...(tls && { tls }), ...PROBE }
}

/** A process is asked with its own certificate: nobody else on the machine needs one of the domain. */
function probeTls(tls: PortTls | undefined, { instance, machine }: { instance: Instance; machine: Site }): ProcessTls | undefined {
  if (!tls || !isTrustDomain(tls.domain)) return undefined
  return { serverName: tls.serverName, caFile: trustPath(machine, tls.domain).caFile, ...certificatePath(machine, instance.name, tls.domain) }
}
