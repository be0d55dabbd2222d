import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { until } from '../processes/until.ts'
import { cpuSeconds, memoryBytes, processTree, readProcesses } from './processes.ts'

const signal = new AbortController().signal

/** A shell that has run a child which used the processor, and has another that sleeps. */
async function shell(): Promise<number> {
  const burn = `${process.execPath} -e "const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);"`
  const child = spawn('sh', ['-c', `${burn}; echo done; sleep 60 & wait`], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  onTestFinished(() => void process.kill(-(child.pid as number)))
  await once(child.stdout, 'data')
  return child.pid as number
}

test('processor time contains that of children that have ended, and the tree those that run', async (context) => {
  context.skip(process.platform !== 'linux', 'it reads /proc, which only Linux has')
  const pid = await shell()
  const tree = await until(
    'the sleeper runs',
    async () => {
      const found = processTree(readProcesses(), pid)
      return found.length === 2 ? found : undefined
    },
    { signal },
  )
  const table = readProcesses()
  expect(cpuSeconds(table, tree)).toBeGreaterThan(0.28)
  expect(cpuSeconds(table, tree)).toBeLessThan(3)
  expect(processTree(table, pid, new Set([tree[1] as number]))).toEqual([pid])
  expect(processTree(table, 2 ** 30)).toEqual([])
})

test('memory counts what is shared once', (context) => {
  context.skip(process.platform !== 'linux', 'it reads /proc, which only Linux has')
  const bytes = memoryBytes([process.pid])
  expect(bytes).toBeGreaterThan(10 * 1024 * 1024)
  expect(bytes).toBeLessThanOrEqual(process.memoryUsage.rss() * 1.2)
  expect(memoryBytes([2 ** 30])).toBe(0)
})
