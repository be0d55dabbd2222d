import type { ProcessProbe } from '@sundial/platform/process'
import type { Probe } from './answer.ts'
import { grpcProbe } from './probe-grpc.ts'
import { probeHttp } from './probe-http.ts'
import { probePostgresql } from './probe-postgresql.ts'
import { probeTcp } from './probe-tcp.ts'

export function openProbe(probe: ProcessProbe): Probe {
  if (probe.kind === 'grpc') return grpcProbe(probe)
  if (probe.kind === 'http') return { ask: async (signal) => await probeHttp(probe.url, signal), close: () => undefined }
  if (probe.kind === 'postgresql') return { ask: async (signal) => await probePostgresql(probe, signal), close: () => undefined }
  return { ask: async (signal) => await probeTcp(probe, signal), close: () => undefined }
}

/** The probe in a few words, for messages. */
export function describeProbe(probe: ProcessProbe): string {
  if (probe.kind === 'http') return `GET ${probe.url}`
  if (probe.kind === 'tcp') return `connect to ${probe.host}:${probe.port}`
  if (probe.kind === 'postgresql') return `greet PostgreSQL at ${probe.host}:${probe.port}`
  return `gRPC health of ${probe.service === '' ? 'the server' : probe.service} at ${probe.address}`
}
