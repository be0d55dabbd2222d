import { expect, test } from 'vitest'
import { parseImage } from './image-name.ts'

const DIGEST = `sha256:${'0f'.repeat(32)}`

test.each([
  ['postgres:15', { registry: 'docker.io', repository: 'library/postgres', tag: '15' }],
  ['temporalio/server:1.32.1', { registry: 'docker.io', repository: 'temporalio/server', tag: '1.32.1' }],
  ['localhost/tools:1', { registry: 'localhost', repository: 'tools', tag: '1' }],
  ['quay.io/jetstack/a/b:v1.0_rc', { registry: 'quay.io', repository: 'jetstack/a/b', tag: 'v1.0_rc' }],
  // The port of a registry is not a tag.
  ['registry:5000/orders', { registry: 'registry:5000', repository: 'orders' }],
  [`127.0.0.1:5000/orders:1.4@${DIGEST}`, { registry: '127.0.0.1:5000', repository: 'orders', tag: '1.4', digest: DIGEST }],
])('%s', (text, parts) => expect(parseImage(text)).toEqual(parts))

test.each(['', 'a@sha256:12', '@' + DIGEST])('"%s" is no image', (text) => expect(() => parseImage(text)).toThrow('is not the name of an image'))
