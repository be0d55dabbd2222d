import { expect, test } from 'vitest'
import { upstreamDefinitions } from './definitions.ts'

const issuer = (spec: object) => ({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'ca' }, spec })

test('upstream definitions let pass what an API server would', (context) => {
  const definitions = upstreamDefinitions(context)
  expect(definitions.problemsOf(issuer({ ca: { secretName: 'root' } }))).toEqual([])
  expect(definitions.defines({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } })).toBe(false)
})

test.for([
  ['a field that is not known', { ca: { secretName: 'root', secretNamespace: 'x' } }, '/spec/ca must NOT have additional properties'],
  ['another type', { ca: { secretName: 1 } }, '/spec/ca/secretName must be string'],
  ['a field that is missing', { ca: {} }, "/spec/ca must have required property 'secretName'"],
] as const)('upstream definitions report %s, with its path', ([, spec, expected], context) => {
  expect(upstreamDefinitions(context).problemsOf(issuer(spec)).join('\n')).toContain(expected)
})
