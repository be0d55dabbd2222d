import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadAll } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENVIRONMENTS } from '@sundial/platform'
import { objectKey, type KubernetesObject, type OutputFile, type RenderedCluster } from '@sundial/platform/kubernetes'
import { renderTree } from '@sundial/platform/render-kubernetes'
import { renderAll, root } from './repository.ts'

describe('the tree of this repository', () => {
  let clusters: ReadonlyMap<(typeof ENVIRONMENTS)[number], RenderedCluster>
  let files: readonly OutputFile[]
  let folder: string
  beforeAll(() => {
    clusters = renderAll()
    files = renderTree(clusters)
    folder = mkdtempSync(join(tmpdir(), 'sundial-tree-'))
    for (const { path, content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is rendered byte by byte the same again', () => {
    expect(renderTree(renderAll())).toEqual(files)
  })

  test.each(ENVIRONMENTS)('kustomize makes of %s what is rendered for it', (environment) => {
    const built = execFileSync('kubectl', ['kustomize', join(folder, 'overlays', environment)], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    const byKey = (objects: readonly KubernetesObject[]) => Object.fromEntries(objects.map((object) => [objectKey(object), object]))
    expect(byKey(loadAll(built) as KubernetesObject[])).toEqual(byKey(clusters.get(environment)?.objects ?? []))
  })

  test('has nothing that validate finds, but that this repository has no registry to lock its images by', () => {
    const validated = execFileSync(join(root, 'sundial'), ['validate', '--skip', 'image-digest'], { cwd: root, encoding: 'utf8' })
    expect(validated).toMatch(/^✓/)
  })

  test('is committed as it is rendered', () => {
    expect(execFileSync(join(root, 'sundial'), ['render', '--check', '--allow-unlocked'], { cwd: root, encoding: 'utf8' })).toContain(
      'is as the configuration says',
    )
  })
})
