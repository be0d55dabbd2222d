import { containersOf, hasPort, portNames } from '../pods.ts'
import type { Rule } from '../rule.ts'

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const

export const probePort: Rule = {
  id: 'probe-port',
  meaning: 'Every probe asks a port that its container has.',
  why: 'The probe fails for ever: the pod never becomes ready, or is ended again and again.',
  severity: 'error',
  *check({ pods }) {
    for (const container of pods.flatMap((each) => containersOf(each))) {
      const ports = container.get('ports').items
      for (const probe of PROBES.map((name) => container.get(name))) {
        for (const port of [probe.get('httpGet', 'port'), probe.get('tcpSocket', 'port'), probe.get('grpc', 'port')]) {
          if (port.exists && !hasPort(ports, port.value))
            yield port.problem(`is ${String(port.value)}, and the container has no such port; it has ${portNames(ports)}`)
        }
      }
    }
  },
}
