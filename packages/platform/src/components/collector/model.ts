import { externalUrlPort } from '../../model/external.ts'
import type { ExternalService, ManagedService } from '../../model/parties.ts'
import type { Component } from '../component.ts'
import { COLLECTOR } from './names.ts'

/** Takes the traces: part of the platform only while something is traced. */
export const collector: Component = {
  name: COLLECTOR,
  contribute({ tracing: { enabled, port, external } }) {
    if (!enabled) return { parties: [] }
    const common = { name: COLLECTOR, component: COLLECTOR } as const
    if (external) {
      const service: ExternalService = {
        ...common,
        kind: 'external',
        area: 'outside',
        description: 'Collects traces; run by others',
        ports: { otlp: externalUrlPort(external.url) },
      }
      return { parties: [service] }
    }
    const service: ManagedService = {
      ...common,
      kind: 'managed',
      area: 'backend',
      description: 'Collects traces',
      ports: { otlp: { number: port, protocol: 'http' }, health: { number: 13_133, protocol: 'http' } },
      certificates: [],
    }
    return { parties: [service] }
  },
}
