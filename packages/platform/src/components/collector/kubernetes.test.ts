import { expect, test } from 'vitest'
import type { PlatformInput } from '../../model/input.ts'
import { adapt, clusterOf, find } from '../../testing/adapt.ts'
import { upstreamDefinitions } from '../../testing/definitions.ts'
import { collectorKubernetes } from './kubernetes.ts'

const of = (environment: Parameters<typeof clusterOf>[0], settings: Partial<PlatformInput> = {}) =>
  adapt(collectorKubernetes, clusterOf(environment, { tracing: { enabled: true }, ...settings }))
const production = of('production')
const { spec } = find(production, 'OpenTelemetryCollector')

test('listens where programs send their traces to, by the name that the operator gives its service', () => {
  const { host, port } = production.endpoints['otlp']!
  expect(host).toBe(`${find(production, 'OpenTelemetryCollector').metadata.name}-collector.monitoring.svc`)
  expect(spec.config.receivers.otlp.protocols.http.endpoint).toBe(`0.0.0.0:${port}`)
})

test('refuses before it runs out of memory, names the pod, and hands on to Jaeger', () => {
  expect(spec.config.service.pipelines.traces).toEqual({
    receivers: ['otlp'],
    processors: ['memory_limiter', 'k8s_attributes', 'batch'],
    exporters: ['otlp_grpc'],
  })
  expect(spec.config.exporters.otlp_grpc.endpoint).toBe('jaeger.monitoring.svc:4317')
  for (const part of ['receivers', 'processors', 'exporters']) expect(Object.keys(spec.config[part])).toEqual(spec.config.service.pipelines.traces[part])
  const nowhere = of('production', { kubernetes: { domain: 'example.com', systems: { jaeger: { run: 'off' } } } })
  expect(nowhere.problems?.map(({ path }) => path)).toEqual(['kubernetes.systems.jaeger.run'])
  expect(production.problems).toEqual([])
})

test('may look at pods and at nothing else, as an account of its own', () => {
  const role = find(production, 'ClusterRole') as unknown as { rules: { resources: string[]; verbs: string[] }[] }
  expect(role.rules.flatMap(({ resources }) => resources)).toEqual(['pods', 'namespaces', 'replicasets'])
  expect(new Set(role.rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']))
  expect(spec.serviceAccount).toBe(find(production, 'ServiceAccount').metadata.name)
})

test('has copies in production, and is what "restricted" asks for', () => {
  expect(spec).toMatchObject({ replicas: 2, podDisruptionBudget: { maxUnavailable: 1 } })
  expect(find(of('development'), 'OpenTelemetryCollector').spec).not.toHaveProperty('podDisruptionBudget')
  expect(spec.podSecurityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
  expect(spec.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } })
})

test('is what the definitions allow', (context) => {
  const definitions = upstreamDefinitions(context)
  expect(production.objects.flatMap((object) => definitions.problemsOf(object))).toEqual([])
  expect(definitions.defines(find(production, 'OpenTelemetryCollector'))).toBe(true)
})
