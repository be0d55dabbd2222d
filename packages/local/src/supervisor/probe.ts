import type { ProcessProbe } from '@sundial/platform/process'
import { grpcProbe } from './probe-grpc.ts'
import { probeHttp } from './probe-http.ts'
import { probeTcp } from './probe-tcp.ts'

/** Something that can be asked many times whether a process is ready. */
export interface Probe {
  /** Resolves if it is ready; rejects with the reason if it is not, or when the signal is given. */
  ask(signal: AbortSignal): Promise<void>
  /** Gives up what it holds. */
  close(): void
}

export function openProbe(probe: ProcessProbe): Probe {
  if (probe.kind === 'grpc') return grpcProbe(probe)
  if (probe.kind === 'http') return { ask: async (signal) => await probeHttp(probe.url, signal), close: () => undefined }
  return { ask: async (signal) => await probeTcp(probe, signal), close: () => undefined }
}

/** The probe in a few words, for messages. */
export function describeProbe(probe: ProcessProbe): string {
  if (probe.kind === 'http') return `GET ${probe.url}`
  if (probe.kind === 'tcp') return `connect to ${probe.host}:${probe.port}`
  return `gRPC health of ${probe.service === '' ? 'the server' : probe.service} at ${probe.address}`
}
