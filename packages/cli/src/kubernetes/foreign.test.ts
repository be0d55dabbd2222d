import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validateObjects } from '@sundial/platform/validate'
import { describe, expect, it } from 'vitest'
import { findProject } from '../config.ts'
import { readManifestFiles } from './manifest-files.ts'
import { readObjects } from './manifest-text.ts'
import { renderEnvironments } from './render-environments.ts'
import { loadSchemas } from './schemas/load-schemas.ts'

const folder = fileURLToPath(new URL('fixtures/foreign', import.meta.url))

/** What is found, in the order of the lines: `file:line rule`. */
async function foundIn(paths: readonly string[]): Promise<string[]> {
  const { objects: read } = await readManifestFiles(paths)
  const places = new Map(read.map(({ object, locate }) => [object, locate]))
  const objects = read.map(({ object }) => object)
  const findings = validateObjects(objects, { schemas: await loadSchemas(objects), locate: (object, path) => places.get(object)?.(path) })
  const lines = findings.map(({ rule, location }) => ({ file: basename(location?.file ?? ''), line: location?.line ?? 0, rule }))
  return [
    ...new Set(
      lines.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)).map(({ file, line, rule }) => `${file}:${line} ${rule}`),
    ),
  ]
}

describe('files of others', () => {
  it('are found wrong where they are, by what is wrong', async () => {
    expect(await foundIn([folder])).toMatchInlineSnapshot(`
      [
        "collector.yaml:1 unserved-version",
        "collector.yaml:7 collector-pipelines",
        "rules.yaml:1 object-shape",
        "server.yaml:9 go-duration",
        "server.yaml:11 public-issuer-names",
        "server.yaml:26 unserved-version",
        "server.yaml:34 secret-store-reference",
        "server.yaml:44 temporal-config-keys",
        "server.yaml:44 temporal-config-stores",
        "server.yaml:44 plaintext-secret",
        "server.yaml:65 selector-matches",
        "server.yaml:72 namespace-selector-label",
        "server.yaml:77 role-binding",
        "server.yaml:81 role-secrets",
        "server.yaml:90 ingress-controller",
        "server.yaml:92 ingress-controller",
        "server.yaml:94 config-reference",
        "server.yaml:103 backend-reference",
        "worker.yaml:3 default-namespace",
        "worker.yaml:14 service-account-token",
        "worker.yaml:16 pod-security",
        "worker.yaml:16 read-only-root",
        "worker.yaml:17 image-tag",
        "worker.yaml:18 schema",
        "worker.yaml:21 plaintext-secret",
        "worker.yaml:25 probe-port",
        "worker.yaml:26 container-resources",
        "worker.yaml:27 container-resources",
        "worker.yaml:36 argo-project",
        "worker.yaml:39 chart-pinned",
      ]
    `)
  })

  it('are read without charts, kustomizations and their patches', async () => {
    const { objects, charts } = await readManifestFiles([folder])
    expect(objects).toHaveLength(11)
    expect(charts.map((path) => basename(path))).toEqual(['chart'])
  })

  it('are not well if there are none', async () => {
    await expect(readManifestFiles([`${folder}/chart`])).rejects.toThrow(/there are no Kubernetes objects in .*chart/)
  })

  it('say where they are no YAML', () => {
    expect(() => readObjects({ file: 'broken.yaml', text: 'kind: A\nmetadata: [name\n' })).toThrow(/broken\.yaml:\d+:\d+/)
  })

  it('are told from each other in one list', () => {
    const [first, second] = readObjects({
      file: 'list.yaml',
      text: 'kind: List\nitems:\n  - kind: A\n    metadata:\n      name: a\n  - kind: B\n    spec: 1\n',
    })
    expect([first?.object, second?.object]).toEqual([
      { kind: 'A', metadata: { name: 'a' } },
      { kind: 'B', spec: 1 },
    ])
    expect(first?.locate(['metadata', 'name'])).toEqual({ file: 'list.yaml', line: 5, column: 7 })
    expect(second?.locate(['spec', 'nothing'])).toEqual({ file: 'list.yaml', line: 7, column: 5 })
  })
})

describe('the platform of this repository', () => {
  it('has nothing that a rule finds, but that its images are not locked', async () => {
    const clusters = await renderEnvironments(findProject())
    for (const [name, { objects, releases }] of clusters) {
      const schemas = await loadSchemas(objects)
      const findings = validateObjects(objects, { schemas, production: name === 'production', charts: releases.map(({ namespace }) => namespace) })
      expect(objects.length).toBeGreaterThan(100)
      expect(findings.filter(({ rule }) => rule !== 'image-digest')).toEqual([])
    }
  })
})
