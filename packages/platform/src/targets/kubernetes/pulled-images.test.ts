import { expect, test } from 'vitest'
import type { KubernetesObject } from './object.ts'
import { pulledImages, unlockedImages } from './pulled-images.ts'

const DIGEST = `sha256:${'0f'.repeat(32)}`
const object = (kind: string, rest: object): KubernetesObject => ({ apiVersion: 'v1', kind, metadata: { name: 'a' }, ...rest })

test('images of pods, of their first steps and of operators’ objects, each once, by their own names', () => {
  const spec = { initContainers: [{ image: 'mirror:5000/all/tools:1' }], containers: [{ image: `mirror:5000/all/quay.io/orders:2@${DIGEST}` }] }
  const objects = [
    object('Deployment', { spec: { template: { spec } } }),
    object('Pod', { spec }),
    object('Cluster', { spec: { imageName: 'mirror:5000/all/postgres:15' } }),
  ]
  const images = pulledImages(objects, { mirror: 'mirror:5000/all' })
  expect(images).toEqual([
    { image: 'postgres:15', pulledAs: 'mirror:5000/all/postgres:15' },
    { image: 'quay.io/orders:2', pulledAs: 'mirror:5000/all/quay.io/orders:2', digest: DIGEST },
    { image: 'tools:1', pulledAs: 'mirror:5000/all/tools:1' },
  ])
  expect(unlockedImages(images)).toEqual(['postgres:15', 'tools:1'])
})

test('an image without a tag is its digest; texts of configuration files name none, and other objects’ images are no names', () => {
  expect(pulledImages([object('Pod', { spec: { containers: [{ image: `orders@${DIGEST}` }] } })], {})).toEqual([
    { image: `orders@${DIGEST}`, pulledAs: `orders@${DIGEST}`, digest: DIGEST },
  ])
  expect(pulledImages([object('ConfigMap', { data: { image: 'a:1' } }), object('Values', { image: { repository: 'a' } })], {})).toEqual([])
})
