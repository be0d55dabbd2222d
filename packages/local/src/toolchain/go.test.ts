import { execFile, spawnSync } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { programFolder } from './cache-folder.ts'
import { goProxy } from './go-proxy.fixture.ts'
import { isAtLeast } from './go-version.ts'
import type { ProgramProgress, ProgramRequest } from './program.ts'
import { emptyCache } from './release-server.fixture.ts'
import { resolvePrograms } from './resolve-programs.ts'

const hasGo = spawnSync('go', ['version']).status === 0

const request: ProgramRequest = {
  name: 'clock',
  version: '1.2.3',
  commands: ['clock-server', 'clock-wind'],
  go: { minimumVersion: '1.21', packages: { 'clock-server': 'example.com/clock/cmd/server', 'clock-wind': 'example.com/clock/cmd/tools/wind' } },
}

/** Go with modules of its own from a proxy that is a folder, and the compiled standard library of this machine. */
async function goEnvironment(proxy: string): Promise<NodeJS.ProcessEnv> {
  const env = { ...(await emptyCache()), GOPROXY: proxy, GOSUMDB: 'off', GOMODCACHE: await temporaryFolder(), GOTOOLCHAIN: 'local' }
  // Go makes its modules read-only.
  onTestFinished(async () => void (await promisify(execFile)('go', ['clean', '-modcache'], { env })))
  return env
}

/** A machine without Go, or with one that says what it is told to. */
async function machineWith(go?: string): Promise<NodeJS.ProcessEnv> {
  const folder = await temporaryFolder()
  if (go !== undefined) await writeFile(join(folder, 'go'), `#!/bin/sh\n${go}\n`, { mode: 0o755 })
  return { ...(await emptyCache()), PATH: folder }
}

describe('with Go', () => {
  beforeEach((context) => context.skip(!hasGo, 'Go is not installed'))
  test('builds the commands at the version, under their names, and tells how it goes', async () => {
    const env = await goEnvironment(`file://${await goProxy()}`)
    const told: ProgramProgress[] = []
    const program = (await resolvePrograms([request], { env, onProgress: (progress) => told.push(progress) })).get('clock')
    expect(program?.from).toBe('go')
    expect((await promisify(execFile)(program?.commands['clock-wind'] ?? '')).stderr).toBe('wind version 1.2.3\n')
    const messages = told.filter(({ step }) => step === 'go').map(({ message }) => message)
    expect(messages).toContainEqual(
      expect.stringMatching(/^building example\.com\/clock\/cmd\/server@v1\.2\.3: 1 modules fetched, [1-9]\d* packages compiled, \d+ s$/),
    )
    expect((await resolvePrograms([request], { env })).get('clock')?.from).toBe('cache')
  })

  test('links the version into a program that only its releases know', async () => {
    const env = await goEnvironment(`file://${await goProxy()}`)
    const linked = (variable: object): ProgramRequest => ({
      ...request,
      commands: ['linked'],
      go: { minimumVersion: '1.21', packages: { linked: 'example.com/clock/cmd/linked' }, ...variable },
    })
    await expect(resolvePrograms([linked({})], { env })).rejects.toThrow('linked says "linked version 0.0.0" and not 1.2.3')
    const program = (await resolvePrograms([linked({ versionVariable: 'example.com/clock/internal/version.Release' })], { env })).get('clock')
    expect((await promisify(execFile)(program?.commands['linked'] ?? '')).stderr).toBe('linked version 1.2.3\n')
  })

  test('builds a program that no module is, from modules', async () => {
    const env = await goEnvironment(`file://${await goProxy()}`)
    const main = (release: string) => `package main\n\nimport "example.com/clock/words"\n\n${release}\n\nfunc main() { println(words.Say(version)) }\n`
    const made = (release: string): ProgramRequest => ({
      ...request,
      commands: ['made'],
      go: {
        minimumVersion: '1.21',
        module: { goMod: 'module made\n\ngo 1.21\n\nrequire example.com/clock v1.2.3\n', main: main(release) },
        versionVariable: 'main.version',
      },
    })
    await expect(resolvePrograms([made('const version = 1')], { env })).rejects.toThrow(/go build made ended with 1: .*main\.go:7/s)
    const program = (await resolvePrograms([made('var version = "0.0.0"')], { env })).get('clock')
    expect((await promisify(execFile)(program?.commands['made'] ?? '')).stderr).toBe('made of clock, version 1.2.3\n')
  })

  test('says what Go said when a module cannot be had, and leaves nothing', async () => {
    const env = await goEnvironment('off')
    await expect(resolvePrograms([request], { env })).rejects.toThrow(
      /go install: go install example\.com\/clock\/cmd\/server@v1\.2\.3 ended with 1: .*module lookup disabled by GOPROXY=off/s,
    )
    expect(await readdir(dirname(programFolder(request, env)))).toEqual([])
  })
})

test('says when there is no Go', async () => {
  await expect(resolvePrograms([request], { env: await machineWith() })).rejects.toThrow('go install: Go is not installed, or not on the PATH')
})

test('says when Go is too old and may not fetch a newer one', async () => {
  const env = await machineWith('echo go1.20.1; echo local')
  await expect(resolvePrograms([request], { env })).rejects.toThrow('go install: Go is 1.20.1, and 1.21 or newer is needed (GOTOOLCHAIN=local)')
})

test('leaves it to Go to fetch a newer one where it may', async () => {
  const env = await machineWith('if [ "$1" = env ]; then echo go1.22.0; echo auto; else echo "asked to build" >&2; exit 3; fi')
  const newer = { ...request, go: { minimumVersion: '1.26.8', packages: request.go?.packages ?? {} } }
  await expect(resolvePrograms([newer], { env })).rejects.toThrow('ended with 3: asked to build')
})

test.each([
  ['1.26.8', '1.26.8', true],
  ['1.26.10', '1.26.8', true],
  ['1.27', '1.26.8', true],
  ['1.26', '1.26.8', false],
  ['1.26.7', '1.26.8', false],
  ['1.9.9', '1.26.8', false],
])('Go %s is at least %s: %s', (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected)
})
