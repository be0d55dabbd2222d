import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ProcessCertificate, ProcessTrustDomain } from '@sundial/platform/process'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { ensureCertificate } from './ensure-certificate.ts'
import { ensureCertificates } from './ensure-certificates.ts'
import { keepFresh } from './keep-fresh.ts'
import { ensureTrustDomain } from './ensure-trust-domain.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const openssl = async (...args: string[]) => (await promisify(execFile)('openssl', args)).stdout
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS)

let domain: ProcessTrustDomain
let leaf: ProcessCertificate

beforeEach(async () => {
  const folder = await temporaryFolder()
  domain = { name: 'client', caFile: join(folder, 'ca.crt'), keyFile: join(folder, 'ca.key') }
  leaf = {
    name: 'frontend',
    domain: 'client',
    certFile: join(folder, 'tls.crt'),
    keyFile: join(folder, 'tls.key'),
    commonName: 'frontend',
    dnsNames: ['frontend.temporal', 'localhost'],
    ipAddresses: ['127.0.0.1', '::1'],
    usages: ['server', 'client'],
  }
})

const ensure = async (wanted = leaf, now = new Date()) => ensureCertificate(wanted, await ensureTrustDomain(domain, now), now)

test('OpenSSL accepts the chain, for each purpose and name asked for', async () => {
  await ensure()
  for (const purpose of ['sslserver', 'sslclient'])
    expect(await openssl('verify', '-x509_strict', '-purpose', purpose, '-CAfile', domain.caFile, leaf.certFile)).toContain('OK')
  for (const name of [
    ['-verify_hostname', 'frontend.temporal'],
    ['-verify_ip', '127.0.0.1'],
    ['-verify_ip', '::1'],
  ])
    expect(await openssl('verify', '-CAfile', domain.caFile, ...name, leaf.certFile)).toContain('OK')
  await expect(openssl('verify', '-CAfile', domain.caFile, '-verify_hostname', 'other', leaf.certFile)).rejects.toThrow(/hostname mismatch/i)
})

test('a certificate for clients is not one for servers', async () => {
  await ensure({ ...leaf, usages: ['client'], dnsNames: [], ipAddresses: [] })
  await expect(openssl('verify', '-purpose', 'sslserver', '-CAfile', domain.caFile, leaf.certFile)).rejects.toThrow(/unsuitable certificate purpose/i)
})

test('extensions say what each is for', async () => {
  await ensure()
  const root = await openssl('x509', '-noout', '-text', '-in', domain.caFile)
  expect(root).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/)
  expect(root).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/)
  const text = await openssl('x509', '-noout', '-text', '-in', leaf.certFile)
  expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/)
  expect(text).toMatch(/Key Usage: critical\s+Digital Signature/)
  expect(text).toMatch(/Extended Key Usage:\s+TLS Web Server Authentication, TLS Web Client Authentication/)
  const keyId = /Subject Key Identifier:\s+([0-9A-F:]+)/.exec(root)?.[1]
  expect(text).toMatch(new RegExp(`Authority Key Identifier:\\s+(keyid:)?${keyId}`))
})

test('lives as long as it should, with a serial number and a key of its own', async () => {
  await ensure()
  const [root, cert] = [new X509Certificate(await readFile(domain.caFile)), new X509Certificate(await readFile(leaf.certFile))]
  const days = (certificate: X509Certificate) => Math.round((Date.parse(certificate.validTo) - Date.now()) / DAY_MS)
  expect([days(root), days(cert)]).toEqual([3653, 90])
  expect(Buffer.from(cert.serialNumber, 'hex')).toHaveLength(16)
  expect(cert.serialNumber).not.toBe(root.serialNumber)
  expect(cert.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
  expect(await readFile(leaf.keyFile, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/)
  for (const key of [leaf.keyFile, domain.keyFile]) expect((await stat(key)).mode & 0o777).toBe(0o600)
})

describe('is kept', () => {
  test.each([
    ['as it is', 0],
    ['while a third of its life is left', 59],
  ])('%s', async (_why, days) => {
    expect(await ensure()).toEqual({ issued: true })
    const before = await readFile(leaf.certFile, 'utf8')
    expect(await ensure(leaf, daysFromNow(days))).toEqual({ issued: false })
    expect(await readFile(leaf.certFile, 'utf8')).toBe(before)
  })
})

describe('is issued anew', () => {
  const changes: [string, Partial<ProcessCertificate>][] = [
    ['a name more', { dnsNames: ['frontend.temporal', 'localhost', 'more'] }],
    ['a name less', { dnsNames: ['frontend.temporal'] }],
    ['another address', { ipAddresses: ['127.0.0.2'] }],
    ['no names', { dnsNames: [], ipAddresses: [] }],
    ['other usages', { usages: ['server'] }],
    ['another common name', { commonName: 'other' }],
  ]
  test.each(changes)('for %s', async (_what, change) => {
    await ensure()
    expect(await ensure({ ...leaf, ...change })).toEqual({ issued: true })
    expect(await ensure({ ...leaf, ...change })).toEqual({ issued: false })
  })

  test('when less than a third of its life is left', async () => {
    await ensure()
    expect(await ensure(leaf, daysFromNow(61))).toEqual({ issued: true })
  })

  test.each(['certFile', 'keyFile'] as const)('when its %s is damaged', async (file) => {
    await ensure()
    await writeFile(leaf[file], (await readFile(leaf[file], 'utf8')).slice(0, 100))
    expect(await ensure()).toEqual({ issued: true })
    expect(await openssl('verify', '-CAfile', domain.caFile, leaf.certFile)).toContain('OK')
  })

  test('when key and certificate do not belong together', async () => {
    await ensure()
    const key = await readFile(leaf.keyFile)
    await ensure({ ...leaf, commonName: 'other' })
    await writeFile(leaf.keyFile, key)
    expect(await ensure({ ...leaf, commonName: 'other' })).toEqual({ issued: true })
  })

  test('when its root was lost, or ends', async () => {
    await ensure()
    await writeFile(domain.keyFile, '')
    expect(await ensure()).toEqual({ issued: true })
    const root = await readFile(domain.caFile, 'utf8')
    expect(await ensure(leaf, daysFromNow(3000))).toEqual({ issued: true })
    expect(await readFile(domain.caFile, 'utf8')).not.toBe(root)
  })
})

test('a plan has its certificates, which are kept, and of roots that it defines', async () => {
  const plan = { trustDomains: [domain], certificates: [leaf] }
  await ensureCertificates(plan)
  const first = await readFile(leaf.certFile, 'utf8')
  await ensureCertificates(plan)
  expect(await readFile(leaf.certFile, 'utf8')).toBe(first)
  await expect(ensureCertificates({ trustDomains: [], certificates: [leaf] })).rejects.toThrow('trust domain client, which the plan does not define')
})

test('while a platform runs certificates are renewed in time, and whoever must be told is', async () => {
  const plan = { trustDomains: [domain], certificates: [leaf] }
  await ensureCertificates(plan)
  let now = daysFromNow(59)
  const told: (readonly string[])[] = []
  let looked = 0
  const stop = keepFresh({ plan, periodMs: 5, now: () => (looked++, now), onIssued: (names) => told.push(names) })
  await expect.poll(() => looked).toBeGreaterThan(2)
  expect(told).toEqual([])
  now = daysFromNow(61)
  await expect.poll(() => told).toEqual([[leaf.name]])
  // A year of sleep, or a clock that was set: what has ended is replaced too.
  now = daysFromNow(500)
  await expect.poll(() => told).toHaveLength(2)
  await stop()
  const after = looked
  now = daysFromNow(1000)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([looked, told.length]).toEqual([after, 2])
})

test('a clock that is set back by some hours leaves certificates as they are', async () => {
  const plan = { trustDomains: [domain], certificates: [leaf] }
  await ensureCertificates(plan)
  expect(await ensureCertificates(plan, daysFromNow(-0.5))).toEqual([])
  expect(await ensureCertificates(plan, daysFromNow(-2))).toEqual([leaf.name])
})
