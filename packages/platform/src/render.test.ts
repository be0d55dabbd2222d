import { expect, test } from 'vitest'
import type { Party } from './model/parties.ts'
import { resolvePlatform } from './model/platform.ts'
import { secret } from './model/values.ts'
import { makePlan } from './plan.ts'
import { processPorts, renderProcesses } from './render.ts'
import type { Machine } from './targets/process/machine.ts'
import type { Tree } from './targets/process/process-plan.ts'
import { input } from './testing/platform.ts'

const plan = makePlan(resolvePlatform(input, 'development'))
const machine: Machine = {
  projectFolder: '/project',
  stateFolder: '/state',
  ports: Object.fromEntries(processPorts(plan).map(({ key, preferred }) => [key, preferred])),
  resolveModule: (specifier) => `/modules/${specifier}.js`,
}
const processes = renderProcesses(plan, machine)
const process = (name: string) => processes.processes.find((candidate) => candidate.name === name)!

test('is the same every time, byte for byte', () => {
  expect(JSON.stringify(renderProcesses(plan, machine))).toBe(JSON.stringify(processes))
})

test('starts each process after what it needs', () => {
  const names = processes.processes.map(({ name }) => name)
  for (const { name, needs } of processes.processes)
    for (const need of needs.flatMap(({ anyOf }) => anyOf)) expect(names.indexOf(need), `${need} before ${name}`).toBeLessThan(names.indexOf(name))
})

test('waits for the databases, not only for the server', () => {
  expect(process('temporal-schema-setup').needs).toEqual([{ anyOf: ['postgresql-databases'], until: 'completed' }])
  expect(process('temporal-schema').needs).toContainEqual({ anyOf: ['temporal-schema-setup'], until: 'completed' })
})

test('refuses a secret in a command line, whatever the compiler was told', () => {
  const leak = (party: Party): Party =>
    party.kind === 'workload' && party.name === 'shop-worker' ? { ...party, args: [secret('shop-database', 'password') as never] } : party
  expect(() => renderProcesses({ ...plan, parties: plan.parties.map(leak) }, machine)).toThrow('a secret of "shop-worker" stands where everybody can read it')
})

test('names each secret by its file or its place', () => {
  const texts = JSON.stringify(processes.processes)
  for (const { name, key } of secretsIn(processes.processes))
    expect(
      processes.secrets.some((made) => made.name === name && made.key === key),
      `${name} ${key}`,
    ).toBe(true)
  expect(texts).toContain('{"secret":{"name":"temporal-database","key":"password"}}')
})

test('gives the frontend both certificates, and the others the internode one', () => {
  const tls = (name: string) => (process(name).files[0]?.content as { global: { tls: Record<string, Tree> } }).global.tls
  expect(tls('temporal-frontend')).toMatchObject({
    internode: { server: { requireClientAuth: true, clientCaFiles: ['/state/certificates/internode-ca.crt'] } },
    frontend: {
      server: { certFile: '/state/certificates/temporal-frontend/client.crt', requireClientAuth: true, clientCaFiles: ['/state/certificates/client-ca.crt'] },
    },
  })
  expect(tls('temporal-history')).not.toHaveProperty('frontend')
})

test('puts the address of the database into its certificate, and the logical name into the others', () => {
  const certificate = (name: string) => processes.certificates.find((candidate) => candidate.name === name)
  expect(certificate('postgresql-database')).toMatchObject({ ipAddresses: ['127.0.0.1'], usages: ['server'] })
  expect(certificate('temporal-history-internode')).toMatchObject({ dnsNames: ['temporal-internode', 'temporal-history'], usages: ['server', 'client'] })
  expect(certificate('shop-worker-client')).toMatchObject({ usages: ['client'] })
})

test('tells every server process the ports of all roles, and gives the internal frontend no HTTP port', () => {
  const services = (process('temporal-matching').files[0]?.content as { services: Record<string, { rpc: object }> }).services
  expect(services['history']?.rpc).toMatchObject({ grpcPort: 7234, membershipPort: 6934 })
  expect(services['internal-frontend']?.rpc).not.toHaveProperty('httpPort')
})

function* secretsIn(value: unknown): Generator<{ name: string; key: string }> {
  if (typeof value !== 'object' || value === null) return
  if ('secret' in value && typeof value.secret === 'object') yield value.secret as { name: string; key: string }
  else for (const child of Object.values(value)) yield* secretsIn(child)
}
