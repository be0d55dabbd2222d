import { describe, expect, test } from 'vitest'
import { Definitions, DEFINITIONS_FOLDER } from './definitions.ts'

describe.skipIf(DEFINITIONS_FOLDER === undefined)('upstream definitions (skipped without SUNDIAL_CRDS: a folder of custom resource definitions)', () => {
  const definitions = new Definitions(DEFINITIONS_FOLDER ?? '')
  const issuer = (spec: object) => ({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'ca' }, spec })

  test('let pass what an API server would', () => {
    expect(definitions.problemsOf(issuer({ ca: { secretName: 'root' } }))).toEqual([])
    expect(definitions.defines({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } })).toBe(false)
  })

  test.each([
    ['a field that is not known', { ca: { secretName: 'root', secretNamespace: 'x' } }, '/spec/ca must NOT have additional properties'],
    ['another type', { ca: { secretName: 1 } }, '/spec/ca/secretName must be string'],
    ['a field that is missing', { ca: {} }, "/spec/ca must have required property 'secretName'"],
  ])('report %s, with its path', (_, spec, expected) => {
    expect(definitions.problemsOf(issuer(spec)).join('\n')).toContain(expected)
  })
})
