import type { Cluster } from '../cluster.ts'
import type { Allowed, PodsPeer } from '../network/allowed.ts'
import { apiServer, PROMETHEUS } from '../network/peers.ts'

/** Ports of the Kubernetes API server: as a service has it, and as its own endpoints do. */
const API_SERVER_PORTS = [{ number: 443 }, { number: 6443 }] as const

/** Operators watch and write objects. */
export function callsApiServer(from: PodsPeer, what: string, cluster: Cluster): Allowed {
  return { from, to: apiServer(cluster), ports: API_SERVER_PORTS, why: `${what} watches and writes objects` }
}

/** The API server asks before it takes an object, or for what is served through it. */
export function askedByApiServer(to: PodsPeer, port: number, { what, cluster }: { readonly what: string; readonly cluster: Cluster }): Allowed {
  return { from: apiServer(cluster), to, ports: [{ number: port }], why: `the API server asks ${what}` }
}

export function scrapedAt(to: PodsPeer, port: number, what: string): Allowed {
  return { from: PROMETHEUS, to, ports: [{ number: port }], why: `Prometheus scrapes ${what}` }
}
