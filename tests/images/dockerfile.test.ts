import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { resolvePlatform } from '@sundial/platform'
import { makePlan } from '@sundial/platform/plan'
import { renderKubernetes } from '@sundial/platform/render-kubernetes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../support/command.ts'
import { HEALTH_PROBE } from '../support/go-programs.ts'

// No container is built here: there may be no engine, and no registry with the base images. What the Dockerfile runs is run in a folder.

interface Stage {
  readonly name: string
  readonly from: string
  readonly lines: readonly string[]
}

let stages: readonly Stage[]
let head: readonly string[]
let folder: string

beforeAll(async () => {
  const text = await readFile(join(ROOT, 'images/Dockerfile'), 'utf8')
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const starts = lines.flatMap((line, index) => (line.startsWith('FROM ') ? [index] : []))
  head = lines.slice(0, starts[0])
  stages = starts.map((start, index) => {
    const [, from = '', name = ''] = /^FROM (\S+) AS (\S+)$/.exec(lines[start] ?? '') ?? []
    return { name, from, lines: lines.slice(start + 1, starts[index + 1]) }
  })
  folder = await mkdtemp(join(tmpdir(), 'sundial-image-'))
})
afterAll(() => rm(folder, { recursive: true }))

const stage = (name: string): Stage => stages.find((each) => each.name === name)!

test('base images can be replaced, and have tags; what runs is not root', () => {
  expect(head).toEqual([expect.stringMatching(/^ARG NODE=node:\d+-\S+$/), expect.stringMatching(/^ARG GO=golang:\d+\.\d+-\S+$/)])
  expect([...new Set(stages.map(({ from }) => from))].toSorted()).toEqual(['${GO}', '${NODE}', 'build'])
  for (const name of ['tools', 'application']) expect(stage(name).lines.at(-1)).toBe('USER 1000:1000')
})

test('the health probe is where pods look for it, at the version that is tested', () => {
  expect(stage('probe').lines).toContain(`ARG HEALTH_PROBE=${HEALTH_PROBE.version}`)
  expect(stage('tools').lines).toContain('COPY --from=probe /go/bin/grpc-health-probe /usr/local/bin/grpc-health-probe')
  expect(commands()).toContainEqual(['cp', '/usr/local/bin/grpc-health-probe', '/probe'])
})

test('the image of an application has the files of its command lines', async () => {
  const lines = commands('registry.example.com/orders')
  expect(lines.map((line) => line.at(-1))).toEqual(
    expect.arrayContaining(['./apps/orders/dist/worker.js', './apps/orders/dist/api.js', './apps/orders/dist/migrate.js']),
  )
  const copied = stage('application').lines.flatMap((line) => /^COPY --from=application-packages \/app\/(\S+) \.\/(\S+)$/.exec(line)?.slice(1) ?? [])
  expect(copied).toContain('apps/${APPLICATION}')
  for (const [program, file = ''] of lines) {
    expect(program).toBe('node')
    await expect(access(join(ROOT, file))).resolves.toBeUndefined()
  }
})

test('the image of the tools has what every rendered command line that runs in it needs', { timeout: 300_000 }, async () => {
  await checkout(folder)
  const install = stage('tools-packages')
    .lines.find((line) => line.startsWith('RUN npm ci'))!
    .slice('RUN '.length)
  const installed = await run([...install.split(' '), '--prefer-offline', '--loglevel=error'], process.env)
  expect(installed.code, installed.output).toBe(0)
  const lines = commands('sundial/tools').filter(([first]) => first !== 'cp')
  expect(lines.length).toBeGreaterThan(1)
  const env = { PATH: `${join(folder, 'node_modules/.bin')}:${process.env['PATH']}`, NODE_ENV: 'production' }
  // Without any setting each says that they are wrong. What is not there would be another answer.
  const answers = await Promise.all(lines.map(async (line) => ({ line, ...(await run(line, env)) })))
  for (const { line, code, output } of answers) {
    expect(code, `${line.join(' ')}: ${output}`).not.toBe(0)
    expect(output).toMatch(/settings? (is|are) wrong|name the JSON file|could not be made/)
    expect(output).not.toMatch(/ERR_MODULE_NOT_FOUND|Cannot find|no package here/)
  }
})

/** Command lines of rendered containers, each once. @param image only those of this one */
function commands(image?: string): string[][] {
  const { objects } = renderKubernetes(makePlan(resolvePlatform(config, 'production')))
  const containers: { readonly image: string; readonly command?: readonly string[] }[] = []
  JSON.stringify(objects, (_key, value: unknown) => {
    if (isContainer(value)) containers.push(value)
    return value
  })
  const wanted = containers.filter((each) => image === undefined || each.image.startsWith(`${image}:`))
  return [...new Set(wanted.flatMap(({ command }) => (command ? [JSON.stringify(command)] : [])))].map((text) => JSON.parse(text) as string[])
}

const config: unknown = ((await import(join(ROOT, 'sundial.config.ts'))) as { default: unknown }).default

function isContainer(value: unknown): value is { readonly image: string; readonly command?: readonly string[] } {
  return typeof value === 'object' && value !== null && typeof (value as { image?: unknown }).image === 'string' && 'name' in value
}

/** What the build stage has: sources, and what was compiled of them. */
async function checkout(to: string): Promise<void> {
  const filter = (source: string) => !/^(node_modules|\.git)$|\.map$/.test(basename(source))
  for (const each of ['package.json', 'package-lock.json', 'packages', 'apps', 'bench']) await cp(join(ROOT, each), join(to, each), { recursive: true, filter })
}

async function run([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}
