import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProcessLog } from './process-log.ts'
import { Stage, served } from './stage.fixture.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const read = (suffix = ''): string => readFileSync(join(folder, `a.log${suffix}`), 'utf8')

test('a log is set aside when it is too large, and three of them are kept', () => {
  const log = new ProcessLog(join(folder, 'a.log'), 5)
  for (const content of ['first', 'second', 'third!', 'fourth', 'fifth!', 'now']) {
    writeFileSync(log.path, content)
    log.rotate()
  }
  expect([read(), read('.1'), read('.2'), read('.3')]).toEqual(['now', 'fifth!', 'fourth', 'third!'])
  expect(existsSync(join(folder, 'a.log.4'))).toBe(false)
})

test('a process goes on writing to the log while it is set aside', async () => {
  const log = new ProcessLog(join(folder, 'a.log'), 10)
  const output = log.open()
  const child = spawn('cat', [], { stdio: ['pipe', output, 'inherit'] })
  closeSync(output)
  child.stdin?.write('before the turn\n')
  await expect.poll(() => log.size()).toBe(16)
  log.rotate()
  child.stdin?.end('after\n')
  await once(child, 'close')
  expect([read(), read('.1')]).toEqual(['after\n', 'before the turn\n'])
})

test('its last lines are those since a mark', () => {
  const log = new ProcessLog(join(folder, 'a.log'))
  expect(log.lastLines(3)).toEqual([])
  writeFileSync(log.path, 'one\ntwo\n')
  const mark = log.size()
  writeFileSync(log.path, 'one\ntwo\nthree\n\nfour\nfive\n')
  expect(log.lastLines(3)).toEqual(['three', 'four', 'five'])
  expect(log.lastLines(9, mark)).toEqual(['three', 'four', 'five'])
  writeFileSync(log.path, 'six\n')
  expect(log.lastLines(9, mark)).toEqual(['six'])
  writeFileSync(log.path, `${'x'.repeat(100_000)}\nlast\n`)
  expect(log.lastLines(1)).toEqual(['last'])
})

test('logs are set aside at the start of a process and while it runs', async () => {
  const stage = new Stage()
  const roles = { chatty: await served({ env: { SAY: 'a long line of a chatty process' } }) }
  const supervisor = await stage.start(roles, { logLimit: 10, timing: { logCheckMs: 20 } })
  await expect.poll(() => existsSync(join(stage.logs, 'chatty.log.1'))).toBe(true)
  await supervisor.stop()
  writeFileSync(join(stage.logs, 'chatty.log'), 'left by an earlier run')
  const next = await stage.start(roles, { logLimit: 40 })
  writeFileSync(join(stage.logs, 'chatty.log'), 'x'.repeat(41))
  await next.whenReady()
  await next.stop()
  const last = await stage.start(roles, { logLimit: 40, timing: { logCheckMs: 60_000 } })
  await last.whenReady()
  expect(readFileSync(join(stage.logs, 'chatty.log.1'), 'utf8')).toMatch(/^x{41}/)
  await stage.close()
})
