import { createHash } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { resolveDigests } from './resolve-digests.ts'

// What no registry of good health does. A real one is asked in tests/images.

const MANIFEST = '{"schemaVersion":2}'
const DIGEST = `sha256:${createHash('sha256').update(MANIFEST).digest('hex')}`

async function registry(answer: (request: IncomingMessage, response: ServerResponse, count: number) => void): Promise<{ host: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, response, asked.length)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close().closeAllConnections())
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const resolve = (pulledAs: string, env: NodeJS.ProcessEnv = { DOCKER_CONFIG: '/nowhere' }) =>
  resolveDigests([{ image: 'shop:1', pulledAs }], { insecure: true, retryMs: 1, env })

test('a registry that is in trouble, asks for patience or hangs up is asked again', async () => {
  const { host, asked } = await registry((request, response, count) => {
    if (count === 1) response.writeHead(503).end()
    else if (count === 2) response.writeHead(429, { 'retry-after': '0' }).end()
    else if (count === 3) request.socket.destroy()
    else response.writeHead(200, { 'docker-content-digest': DIGEST }).end()
  })
  expect(await resolve(`${host}/shop:1`)).toEqual({ 'shop:1': DIGEST })
  expect(asked).toHaveLength(4)
})

test('one that stays in trouble is given up, with what it said', async () => {
  const { host } = await registry((_request, response) => response.writeHead(502, 'Bad Gateway').end())
  await expect(resolve(`${host}/shop:1`)).rejects.toMatchObject({
    code: 'SUN_IMAGE_UNRESOLVED',
    message: expect.stringContaining('HTTP 502 Bad Gateway') as string,
  })
})

test('without a digest in the answer, it is the checksum of the manifest', async () => {
  const { host, asked } = await registry((_request, response) => response.writeHead(200).end(MANIFEST))
  expect(await resolve(`${host}/shop:1`)).toEqual({ 'shop:1': DIGEST })
  expect(asked).toEqual(['HEAD /v2/shop/manifests/1', 'GET /v2/shop/manifests/1'])
})

test('a login comes from the configuration of Docker, or from the helper that it names, and without one it is asked for', async () => {
  const { host } = await registry(({ headers }, response) => {
    const good = headers.authorization === `Basic ${Buffer.from('ada:a:b').toString('base64')}`
    response.writeHead(good ? 200 : 401, good ? { 'docker-content-digest': DIGEST } : { 'www-authenticate': 'Basic realm="shop"' }).end()
  })
  const folder = await mkdtemp(join(tmpdir(), 'sundial-login-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const env = { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env['PATH']}` }
  const config = (content: object) => writeFile(join(folder, 'config.json'), JSON.stringify(content))
  await expect(resolve(`${host}/shop:1`, env)).rejects.toThrow(`log in with \`docker login ${host}\``)
  await config({ auths: { [host]: { auth: Buffer.from('ada:a:b').toString('base64') } } })
  expect(await resolve(`${host}/shop:1`, env)).toEqual({ 'shop:1': DIGEST })
  const helper = join(folder, 'docker-credential-shop')
  await writeFile(helper, `#!/bin/sh\n[ "$(cat)" = "${host}" ] && echo '{"Username":"ada","Secret":"a:b"}'\n`)
  await chmod(helper, 0o755)
  await config({ credHelpers: { [host]: 'shop' } })
  expect(await resolve(`${host}/shop:1`, env)).toEqual({ 'shop:1': DIGEST })
})

test('a login is sent nowhere in clear', async () => {
  const { host } = await registry((_request, response) => response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://tokens.example.com/"' }).end())
  await expect(resolve(`${host}/shop:1`)).rejects.toThrow('http://tokens.example.com, which is not protected')
  await expect(resolve('registry.example.com/shop:1')).rejects.toThrow('registry.example.com is not on it')
})
