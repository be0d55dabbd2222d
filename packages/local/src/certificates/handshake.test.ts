import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { connect, createServer, type Server, type TLSSocket } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { ensureCertificates } from './ensure-certificates.ts'

interface Identity {
  readonly ca: Buffer
  readonly cert: Buffer
  readonly key: Buffer
}

/** A certificate for server and client in each of two trust domains. */
async function twoDomains(): Promise<{ ours: Identity; theirs: Identity }> {
  const folder = await temporaryFolder()
  const identity = async (domain: string): Promise<Identity> => {
    const at = (name: string) => join(folder, domain, name)
    const files = { caFile: at('ca.crt'), keyFile: at('ca.key') }
    const leaf = {
      name: domain,
      domain,
      certFile: at('tls.crt'),
      keyFile: at('tls.key'),
      commonName: domain,
      dnsNames: ['frontend'],
      ipAddresses: [],
      usages: ['server', 'client'] as const,
    }
    await ensureCertificates({ trustDomains: [{ name: domain, ...files }], certificates: [leaf] })
    const [ca, cert, key] = await Promise.all([readFile(files.caFile), readFile(leaf.certFile), readFile(leaf.keyFile)])
    return { ca, cert, key }
  }
  return { ours: await identity('ours'), theirs: await identity('theirs') }
}

async function serve(identity: Identity): Promise<{ port: number; server: Server }> {
  const server = createServer({ ...identity, requestCert: true, rejectUnauthorized: true }, (socket) => socket.end('welcome'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, server }
}

/** What a client hears, or the error that it gets. */
async function greet(port: number, client: Partial<Identity>, servername = 'frontend'): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, servername, ...client })
  const words: Buffer[] = []
  for await (const piece of socket) words.push(piece as Buffer)
  return Buffer.concat(words).toString()
}

test('both sides prove who they are', async () => {
  const { ours } = await twoDomains()
  const { port } = await serve(ours)
  expect(await greet(port, ours)).toBe('welcome')
  await expect(greet(port, ours, 'other')).rejects.toThrow(/does not match/)
})

test('a client refuses a server of another domain', async () => {
  const { ours, theirs } = await twoDomains()
  const { port } = await serve(theirs)
  await expect(greet(port, ours)).rejects.toThrow(/unable to verify|self-signed|local issuer/i)
})

// In TLS 1.3 a client has sent all before the server looks at its certificate, so the reason is the server's to tell.
test.each([
  ['of another domain', (theirs: Identity) => theirs, /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/],
  ['without a certificate', () => ({ cert: undefined, key: undefined }), /peer did not return a certificate/],
])('a server refuses a client %s', async (_who, clientOf, reason) => {
  const { ours, theirs } = await twoDomains()
  const { port, server } = await serve(ours)
  const refusal = once(server, 'tlsClientError')
  expect(await greet(port, { ...clientOf(theirs), ca: ours.ca }).catch(() => 'refused')).not.toContain('welcome')
  const [error, socket] = (await refusal) as [Error, TLSSocket]
  expect(String(socket.authorizationError ?? error.message)).toMatch(reason)
})
