import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessCertificate, ProcessTrustDomain } from '@sundial/platform/process'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { isAsChecked } from './checked.ts'
import { ensureCertificates } from './ensure-certificates.ts'

interface Plan {
  readonly trustDomains: [ProcessTrustDomain]
  readonly certificates: [ProcessCertificate]
}

/** A plan with one certificate, which was made and found good. */
async function made(): Promise<Plan> {
  const folder = await temporaryFolder()
  const files = { certFile: join(folder, 'tls.crt'), keyFile: join(folder, 'tls.key') }
  const plan: Plan = {
    trustDomains: [{ name: 'client', caFile: join(folder, 'ca.crt'), keyFile: join(folder, 'ca.key') }],
    certificates: [{ name: 'one', domain: 'client', ...files, commonName: 'one', dnsNames: ['one'], ipAddresses: [], usages: ['server'] }],
  }
  await ensureCertificates(plan)
  return plan
}

const days = (number: number) => new Date(Date.now() + number * 86_400_000)

test('what was made is as it was checked, until it is to be renewed', async () => {
  const plan = await made()
  expect([await isAsChecked(plan, days(0)), await isAsChecked(plan, days(59))]).toEqual([true, true])
  expect([await isAsChecked(plan, days(61)), await isAsChecked(plan, days(-2))]).toEqual([false, false])
})

test.each<[string, (plan: Plan) => Promise<unknown>]>([
  ['a certificate that is another', async ({ certificates: [{ certFile }] }) => writeFile(certFile, `${await readFile(certFile, 'utf8')}\n`)],
  ['a key that is another', async ({ certificates: [{ keyFile }] }) => writeFile(keyFile, 'x')],
  ['a key that others may read', ({ certificates: [{ keyFile }] }) => chmod(keyFile, 0o644)],
  ['a root that is another', async ({ trustDomains: [{ caFile }] }) => writeFile(caFile, `${await readFile(caFile, 'utf8')}\n`)],
  ['a key of a root that others may read', ({ trustDomains: [{ keyFile }] }) => chmod(keyFile, 0o644)],
  ['a file that is gone', ({ certificates: [{ certFile }] }) => rm(certFile)],
])('%s is seen, and put right', async (_, damage) => {
  const plan = await made()
  await damage(plan)
  expect(await isAsChecked(plan, days(0))).toBe(false)
  await ensureCertificates(plan)
  expect(await isAsChecked(plan, days(0))).toBe(true)
})

test('another wish is seen, and fulfilled', async () => {
  const { trustDomains, certificates } = await made()
  const other = { trustDomains, certificates: [{ ...certificates[0], dnsNames: ['one', 'two'] }] }
  expect(await isAsChecked(other, days(0))).toBe(false)
  expect(await ensureCertificates(other)).toEqual(['one'])
})
