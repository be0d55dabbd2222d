import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contractManifest } from '../manifest.ts'
import { odd } from './client.fixture.ts'
import { clientSource, joinRuntime, RUNTIME_FILES } from './index.ts'

const TSC = new URL('../../../../node_modules/.bin/tsc', import.meta.url).pathname
const STRICT =
  '--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --noPropertyAccessFromIndexSignature --noUnusedLocals --noUnusedParameters --erasableSyntaxOnly --verbatimModuleSyntax --noImplicitOverride --isolatedModules'
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sundial-client-'))
  const runtime = joinRuntime(await Promise.all(RUNTIME_FILES.map((name) => readFile(new URL(`runtime/${name}`, import.meta.url), 'utf8'))))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'client.ts'), clientSource(contractManifest(odd), runtime))
})
afterAll(() => rm(folder, { recursive: true }))

/** What the compiler says of a program that uses the client, in the words of its errors. */
async function compile(program: string): Promise<string[]> {
  await writeFile(join(folder, 'program.ts'), program)
  const options = `${STRICT} --target es2022 --lib es2022,dom --module nodenext --types --allowImportingTsExtensions --rewriteRelativeImportExtensions --noEmitOnError`
  const { stdout } = await promisify(execFile)(TSC, [...options.split(' '), join(folder, 'program.ts')], { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  )
  return stdout.split('\n').filter((line) => line.includes('error'))
}

const HEAD = `import { createOddThingsClient, DoItTooOdd, type DoItWorkflowError, type DoItHandle, type OddThingsClient, type OddThingsFilter } from './client.ts'
const client = createOddThingsClient({ baseUrl: process.env.URL ?? '', token: async () => 'secret' })
export type Used = [DoItHandle, DoItWorkflowError, OddThingsClient, OddThingsFilter]
declare const process: { env: { URL?: string }; stdout: { write(text: string): void } }
const node = { name: 'n', children: [{ name: 'm', children: [] }] }
const input = { shape: { kind: 'circle', r: 1 }, maybe: null, mixed: ['x', 1, { deep: [[true]] }], byName: { a: { n: 1 } }, any: 0, tree: node, merged: { a: 1, b: 'x' } } as const
`

test('compiles under every strict flag, and its types say what may be sent and comes back', async () => {
  expect(
    await compile(`${HEAD}
      const handle = await client.doIt.start(input, { workflowId: 'a b' })
      await handle.signals.go({})
      const far: number = await handle.queries.howFar()
      const line: string | null = await handle.queries.line(1)
      const was: 'a' | 'b' = (await handle.updates.changeIt({ to: 'b' })).was
      const result = await handle.result().catch((error: unknown) => (error instanceof DoItTooOdd || !(error instanceof Error) ? undefined : error.message))
      const name: string | undefined = typeof result === 'object' ? result.children[0]?.name : result
      const again: OddThingsClient['doIt'] = client.doIt
      const other: DoItHandle = await again.signalWithStart.go('a b', { start: input, signal: {} })
      const { was: before }: { was: 'a' | 'b' } = await client.doIt.updateWithStart.changeIt('a b', { start: input, update: { to: 'a' } }, { idempotencyKey: 'k' })
      for await (const { status, progress } of other.events()) if (status === 'RUNNING') process.stdout.write(String((progress ?? 0) + 1))
      const { runId } = await other.reset('first', { reason: 'why' })
      const filter: OddThingsFilter = { type: 'do-it', workflowId: { prefix: 'a' }, startedAfter: new Date(0), attributes: { OddLevel: { gte: 1, lt: 9 }, OddKind: 'x', IsOdd: true } }
      for await (const { type, workflowId } of client.listWorkflows(filter, { pageSize: 5 })) process.stdout.write((type satisfies 'do-it') + workflowId)
      for await (const { items, nextCursor } of client.listWorkflows().pages()) process.stdout.write(items.length + (nextCursor ?? ''))
      const { count, byStatus: { FAILED = 0 } } = await client.countWorkflows({ attributes: { OddAt: { gt: '2026-01-01T00:00:00Z' } } })
      await client.schedules.eachNight.trigger('now')
      process.stdout.write(JSON.stringify([far, line, was, name, before, runId, count - FAILED]))`),
  ).toEqual([])
}, 30_000)

test('the compiler refuses what the contract does not allow', async () => {
  const refused = {
    "client.doIt.start({ ...input, shape: { kind: 'circle' } })": 'TS2',
    "client.doIt.start({ ...input, pair: ['x', 'y'] })": 'TS2322',
    "client.doIt.get('x').updates.changeIt({ to: 'c' })": 'TS2322',
    "client.doIt.get('x').queries.line()": 'TS2554',
    // Nobody may read it, so its result is not offered.
    "client.again.get('x').result()": 'TS2339',
    "client.again.get('x').signals": 'TS2339',
    'client.hidden': 'TS2339',
    'client.listSchedules()': 'TS2551',
    'client.schedules.eachHour': 'TS2339',
    'client.schedules.eachNight.pause()': 'TS2339',
    "client.doIt.signalWithStart.stop('x', { start: input, signal: {} })": 'TS2339',
    "client.doIt.updateWithStart.changeIt('x', { start: input, update: { to: 'c' } })": 'TS2322',
    "client.listWorkflows({ type: 'again' })": 'TS2322',
    "client.listWorkflows({ attributes: { OddLevel: { prefix: 'x' } } })": 'TS2353',
    'client.countWorkflows({ attributes: { Unknown: 1 } })': 'TS2353',
    'client.doIt.get("x").reset("start")': 'TS2345',
  }
  const errors = await compile(
    `${HEAD}\nvoid DoItTooOdd\n${Object.keys(refused)
      .map((expression) => `void ${expression}\n`)
      .join('')}`,
  )
  const first = HEAD.split('\n').length + 2
  expect(errors).toEqual(Object.values(refused).map((code, index) => expect.stringMatching(`^program\\.ts\\(${first + index},\\d+\\): error ${code}`)))
}, 30_000)
