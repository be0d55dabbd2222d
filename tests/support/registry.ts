import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Milliseconds until a registry that does not answer has failed, and between two questions. */
const START_MS = 60_000
const PERIOD_MS = 50
const INDEX = 'application/vnd.oci.image.index.v1+json'
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

export interface Registry {
  /** Host and port, on loopback, without TLS. */
  readonly host: string
  /** Puts a new image of two architectures there. @returns the digest of its index */
  push(repository: string, tag: string): Promise<string>
  stop(): Promise<void>
}

export interface Login {
  readonly user: string
  readonly password: string
}

/**
 * Starts a registry that gives nothing without a token, which its token server gives to everybody for repositories below `public/`, and for
 * all others to one login.
 * @param folder empty, and the caller's to remove
 */
export async function startRegistry(path: string, folder: string, login: Login): Promise<Registry> {
  const tokens = await startTokenServer(login)
  const jwks = join(folder, 'jwks.json')
  await writeFile(jwks, JSON.stringify({ keys: [tokens.publicKey] }))
  const port = await freePort()
  const config = {
    version: '0.1',
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: `127.0.0.1:${port}`, secret: randomUUID() },
    auth: { token: { realm: tokens.url, service: 'registry', issuer: 'tokens', jwks, signingalgorithms: ['ES256'] } },
  }
  const file = join(folder, 'config.json')
  await writeFile(file, JSON.stringify(config))
  const child = spawn(path, ['serve', file], { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env['PATH'], OTEL_TRACES_EXPORTER: 'none' } })
  let log = ''
  child.stderr.on('data', (piece: Buffer) => (log += piece.toString()))
  const ended = once(child, 'close')
  const host = `127.0.0.1:${port}`
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    tokens.server.close()
    tokens.server.closeAllConnections()
  }
  for (const deadline = Date.now() + START_MS; ; await pause(PERIOD_MS)) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined)
    if (answer?.status === 401) break
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the registry did not start:\n${log}`)
  }
  return { host, stop, push: (repository, tag) => push({ host, repository, tag, token: tokens.sign }) }
}

interface Push {
  readonly host: string
  readonly repository: string
  readonly tag: string
  token(scope: string): Promise<string>
}

async function push({ host, repository, tag, token }: Push): Promise<string> {
  const authorization = `Bearer ${await token(`repository:${repository}:pull,push`)}`
  const url = `http://${host}/v2/${repository}`
  const put = async (address: string, body: string, type: string) => {
    const response = await fetch(address, { method: 'PUT', body, headers: { authorization, 'content-type': type } })
    if (response.status !== 201) throw new Error(`${address}: HTTP ${response.status} ${await response.text()}`)
    return { mediaType: type, digest: digestOf(body), size: Buffer.byteLength(body) }
  }
  const blob = async (content: string) => {
    const begun = await fetch(`${url}/blobs/uploads/`, { method: 'POST', headers: { authorization } })
    const place = new URL(begun.headers.get('location') ?? '', url)
    place.searchParams.set('digest', digestOf(content))
    return put(place.href, content, 'application/octet-stream')
  }
  const manifests = []
  for (const architecture of ['amd64', 'arm64']) {
    const config = await blob(JSON.stringify({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: [] }, author: randomUUID() }))
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { ...config, mediaType: 'application/vnd.oci.image.config.v1+json' },
      layers: [],
    })
    manifests.push({ ...(await put(`${url}/manifests/${digestOf(manifest)}`, manifest, MANIFEST)), platform: { architecture, os: 'linux' } })
  }
  return (await put(`${url}/manifests/${tag}`, JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }), INDEX)).digest
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

async function startTokenServer({ user, password }: Login): Promise<{ server: Server; url: string; publicKey: object; sign: Push['token'] }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const sign = (scope: string) => {
    const [type, name, actions = ''] = scope.split(':')
    return new SignJWT({ access: [{ type, name, actions: actions.split(',') }] })
      .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'JWT' })
      .setIssuer('tokens')
      .setAudience('registry')
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime('1m')
      .setJti(randomUUID())
      .sign(privateKey)
  }
  const known = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://tokens')
    const scope = searchParams.get('scope') ?? ''
    const allowed = searchParams.get('service') === 'registry' && (scope.startsWith('repository:public/') || request.headers.authorization === known)
    if (!allowed) return void response.writeHead(401).end()
    void sign(scope).then((token) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token })))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`
  return { server, url, publicKey: { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }, sign }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
