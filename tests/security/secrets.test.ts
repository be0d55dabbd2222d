import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { ROOT } from '../support/command.ts'
import { order, result, start } from '../support/orders.ts'
import { processes, processNamed, sharedState } from '../support/platform.ts'
import { commandLine, environment, processTree } from '../support/proc.ts'
import { allSecrets, filesBelow, secretsIn, type KnownSecret } from '../support/secrets.ts'
import { supervisorPid } from '../support/supervisor.ts'

const CARD = '4242424242424242'
const EMAIL = 'somebody-unmistakable@example.com'

let secrets: readonly KnownSecret[]
beforeAll(async () => {
  secrets = await allSecrets()
  // Every part of the platform has been at work, so the logs hold what they ever hold.
  const input = order({ cardNumber: CARD, customer: { id: 'somebody', email: EMAIL } })
  await start(input)
  expect(await result(input.orderId)).toMatchObject({ status: 200 })
})

test('every secret and private key is looked for', () => {
  const names = secrets.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'secrets/identity-signing/jwk',
      'secrets/postgresql-superuser/password',
      'certificates/roots/internode-ca.key',
      'certificates/orders-worker/client.key',
    ]),
  )
  expect(secrets.flatMap(({ forms }) => forms).filter((form) => form.length < 32)).toEqual([])
  expect(secrets.filter(({ forms }) => forms.length === 0)).toEqual([])
})

/** What a process is given at its start. Files that it reads are its own matter: their modes are tested elsewhere. */
test.each<[string, readonly string[]]>([
  ['orders-worker', ['secrets/orders-database/password', 'secrets/orders-payment-key/api-key']],
  ['orders-payment', ['secrets/orders-payment-key/api-key']],
  ['orders-api', []],
  ['identity', []],
  ['postgresql', []],
  ['temporal-frontend', []],
  ['temporal-internal-frontend', []],
  ['temporal-history', []],
  ['temporal-matching', []],
  ['temporal-system-worker', []],
  ['temporal-ui', []],
])('the environment of %s has only the secrets that it needs', async (name, expected) => {
  const { pid } = await processNamed(name)
  expect(secretsIn(await environment(pid ?? 0), secrets).sort()).toEqual(expected)
})

test('no secret is on a command line', async () => {
  const tree = await processTree(await supervisorPid())
  const services = (await processes()).flatMap(({ pid }) => pid ?? [])
  expect(services.length).toBeGreaterThan(10)
  expect(tree).toEqual(expect.arrayContaining(services))
  const lines = await Promise.all(tree.map(commandLine))
  expect(lines.flat().join(' ')).toContain('temporal-server')
  expect(lines.filter((line) => secretsIn(line.join('\0'), secrets).length > 0)).toEqual([])
})

test('no secret, token or data of a customer is in a log', async () => {
  const { logs, run } = sharedState()
  const paths = [...(await filesBelow(logs)), ...(await filesBelow(run))]
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })))
  expect(texts.filter(({ text }) => text.length > 0).length).toBeGreaterThan(10)
  expect(texts.flatMap(({ path, text }) => secretsIn(text, secrets).map((secret) => ({ path, secret })))).toEqual([])
  // The configuration that is kept for comparison has the contract in it, which names the sandbox's cards.
  const wantedIn = (path: string) => (path.endsWith('/run/configuration.json') ? [TOKEN, EMAIL] : [TOKEN, CARD, EMAIL])
  const leaks = texts.flatMap(({ path, text }) =>
    wantedIn(path)
      .filter((wanted) => new RegExp(wanted).test(text))
      .map((wanted) => ({ path, wanted })),
  )
  expect(leaks).toEqual([])
})

/** A JSON Web Token: its first two parts are JSON objects. */
const TOKEN = String.raw`eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.`

test('no secret is in a file under version control', async (context) => {
  const listed = await promisify(execFile)('git', ['ls-files', '-z'], { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }).catch(() => undefined)
  if (!listed) return context.skip('the sources are not in a git repository')
  const paths = listed.stdout.split('\0').filter((path) => path !== '')
  expect(paths).toContain('sundial.config.ts')
  const found = await Promise.all(paths.map(async (path) => secretsIn(await readTracked(path), secrets).map((secret) => ({ path, secret }))))
  expect(found.flat()).toEqual([])
  expect(paths.filter((path) => path.startsWith('.sundial/') || path.endsWith('.key'))).toEqual([])
})

/** A tracked file may have been removed. */
async function readTracked(path: string): Promise<string> {
  return readFile(`${ROOT}${path}`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return ''
    throw error
  })
}
