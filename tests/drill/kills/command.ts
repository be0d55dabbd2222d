import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stateFolder } from '@sundial/local'
import { ROOT, sundial } from '../../support/command.ts'
import { PlatformClient } from '../../support/platform-client.ts'
import type { Drill } from '../drill.ts'
import { thisMachine } from '../machine.ts'
import { Progress } from '../progress.ts'
import { record } from '../record.ts'
import { killsDrill } from './drill.ts'
import { killsMarkdown } from './markdown.ts'
import type { KillsResult } from './result.ts'

/** Long enough for a decision to come in spite of a kill, short enough to wait for. */
const APPROVAL_DEADLINE = '45s'

export const kills: Drill = {
  name: 'kills',
  summary: 'orders run while every process is killed, alone and in pairs; then all books are compared',
  options: {
    orders: { default: 10_000, what: 'how many orders' },
    customers: { default: 120, what: 'how many customers wait for their orders at a time' },
    minutes: { default: 60, what: 'after this nothing more is begun' },
  },
  async run({ orders = 0, customers = 0, minutes = 0 }) {
    const stateRoot = await mkdtemp(join(tmpdir(), 'sundial-drill-'))
    const progress = new Progress()
    progress.show('starting a platform of its own')
    const up = await sundial(['up', '--detach'], { stateRoot, env: { ORDERS_APPROVAL_DEADLINE: APPROVAL_DEADLINE } })
    if (up.code !== 0) throw new Error(`the platform did not start:\n${up.stderr}`)
    let result: KillsResult | undefined
    const stop = new AbortController()
    const onSignal = (): void => stop.abort(new Error('stopped by a signal'))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal)
    try {
      process.env['SUNDIAL_STATE'] = stateRoot
      const platform = new PlatformClient(stateFolder(ROOT, 'development'))
      result = await killsDrill(platform, { orders, customers, minutes, signal: stop.signal, onProgress: (line) => progress.show(line) })
    } catch (error) {
      if (!stop.signal.aborted) throw error
      console.error('stopped by a signal')
      return false
    } finally {
      progress.clear()
      await sundial(['down'], { stateRoot })
      if (result?.account.violations.length === 0) await rm(stateRoot, { recursive: true })
      else console.error(`state and logs are kept: ${stateRoot}`)
    }
    const context = { machine: thisMachine(ROOT), versions: await versions(stateRoot), date: new Date().toISOString().slice(0, 10) }
    await record('kills', { ...context, ...result }, killsMarkdown(result, context))
    return result.account.violations.length === 0 && result.incomplete.length === 0
  },
}

async function versions(stateRoot: string): Promise<Record<string, string>> {
  const { stdout } = await sundial(['toolchain', '--json'], { stateRoot })
  const programs = JSON.parse(stdout) as { name: string; version: string }[]
  return Object.fromEntries(programs.map(({ name, version }) => [name, version]))
}
