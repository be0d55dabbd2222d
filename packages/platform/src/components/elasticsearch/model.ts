import type { ManagedService } from '../../model/parties.ts'
import type { Component } from '../component.ts'

export const ELASTICSEARCH = 'elasticsearch'

/** The search engine: part of the platform only while something is kept in it. */
export const elasticsearch: Component = {
  name: ELASTICSEARCH,
  contribute({ temporal, elasticsearch: { port } }) {
    // A Temporal that others run has its visibility there.
    if (temporal.visibility !== 'elasticsearch' || temporal.external) return { parties: [] }
    const service: ManagedService = {
      kind: 'managed',
      name: ELASTICSEARCH,
      component: ELASTICSEARCH,
      area: 'backend',
      description: 'Lists and searches workflows',
      ports: { http: { number: port, protocol: 'http' } },
      certificates: [],
    }
    return { parties: [service] }
  },
}
