// A supervisor as a process of its own. What it is given, as JSON, is in argv[2].
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSupervisor } from './index.ts'
import type { ProcessSpec } from '@sundial/platform/process'

interface Given {
  readonly processes: readonly ProcessSpec[]
  readonly env: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly program: string
  readonly folder: string
  /** What it does when everything is ready. */
  readonly outcome: 'stay' | 'throw'
}

const given = JSON.parse(process.argv[2] ?? '') as Given
process.on('SIGINT', () => appendFileSync(join(given.folder, 'events'), 'supervisor asked SIGINT\n'))
const supervisor = await startSupervisor({
  plan: given,
  logs: join(given.folder, 'logs'),
  run: join(given.folder, 'run'),
  prepare: ({ name }) => ({ command: process.execPath, args: [given.program], env: given.env[name] ?? {} }),
})
await supervisor.whenReady()
console.log('ready')
if (given.outcome === 'throw') throw new Error('nobody caught this')
