import type { Deployed } from './layout.ts'
import { LOOPBACK, portKey, type Site } from './machine.ts'
import { configPath } from './paths.ts'
import { PROBE, probeOf } from './probe.ts'
import type { BalancerConfiguration, ProcessSpec, Tree } from './process-plan.ts'
import { numberOf, Resolver } from './resolve.ts'

/** Name of the port where a balancer says how it is; the others are those of its workload. */
export const BALANCER_PORT = 'balancer'

/** Stands for the copies of a workload at its address. It has the workload's name, so that whoever dials or needs the workload has one thing to know. */
export function balancerOf({ workload, instances, balanced }: Deployed, machine: Site): ProcessSpec {
  const number = (port: string) => numberOf(machine, portKey(workload.name, port))
  const health = number(BALANCER_PORT)
  const file = `${configPath(machine, workload.name)}/balancer.json`
  const content: BalancerConfiguration = {
    health: { host: LOOPBACK, port: health },
    ports: Object.fromEntries(balanced.map((port) => [port, { host: LOOPBACK, port: number(port) }])),
    backends: instances.map((instance) => {
      const resolver = new Resolver(machine, instance)
      const ready = probeOf(instance, machine)
      const ports = Object.fromEntries(balanced.map((port) => [port, { host: LOOPBACK, port: resolver.ownPort(port) }]))
      return { name: instance.name, ports, ...(ready && { ready }) }
    }),
  }
  return {
    name: workload.name,
    workload: workload.name,
    component: workload.component,
    kind: 'service',
    balances: instances.map(({ name }) => name),
    program: { kind: 'node', module: machine.resolveModule('@sundial/local/balancer') },
    args: [file],
    env: {},
    // Plain data; it has no secret in it.
    files: [{ path: file, format: 'json', content: content as unknown as Tree }],
    folders: [],
    ports: Object.fromEntries([
      ...balanced.map((port) => [port, { number: number(port), protocol: workload.ports[port]?.protocol ?? 'tcp' }]),
      [BALANCER_PORT, { number: health, protocol: 'http' }],
    ]),
    // It begins without waiting for one to be ready, but a copy is stopped only after all that reach it through here.
    needs: [{ anyOf: instances.map(({ name }) => name), until: 'started' }],
    ready: { kind: 'http', url: `http://${LOOPBACK}:${health}/readyz`, ...PROBE },
    stop: { signal: 'SIGTERM', graceSeconds: 10 },
  }
}

/** Ports of a balancer to choose numbers for. They come before those of the copies: the address that others know is the workload's own. */
export function balancerPorts({ workload, balanced }: Deployed): { readonly key: string; readonly preferred: number; readonly movable: boolean }[] {
  if (balanced.length === 0) return []
  return [
    ...balanced.map((port) => ({ key: portKey(workload.name, port), preferred: workload.ports[port]?.number ?? 0, movable: false })),
    { key: portKey(workload.name, BALANCER_PORT), preferred: 9098, movable: true },
  ]
}
