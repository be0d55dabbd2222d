import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

test('gives the end and what was said', async () => {
  const lines: string[] = []
  const result = await runCommand('sh', ['-c', 'echo out; echo one >&2; echo two >&2; exit 3'], { onErrorLine: (line) => lines.push(line) })
  expect(result).toEqual({ code: 3, stdout: 'out', stderr: 'one\ntwo' })
  expect(lines).toEqual(['one', 'two'])
})

test('keeps the end of a long output', async () => {
  const { stdout } = await runCommand('sh', ['-c', 'i=0; while [ $i -lt 1000 ]; do i=$((i+1)); echo $i; done'])
  expect(stdout.split('\n').slice(-1)).toEqual(['1000'])
  expect(stdout.split('\n')).toHaveLength(200)
})

test('waits for a program that was stopped, and gives the reason', async () => {
  const stop = new AbortController()
  let ended = false
  const running = runCommand('sh', ['-c', 'trap "sleep 0.2; echo ended >&2; exit 0" TERM; echo ready >&2; while :; do sleep 0.01; done'], {
    signal: stop.signal,
    onErrorLine: (line) => (line === 'ready' ? stop.abort(new Error('enough')) : (ended = true)),
  })
  await expect(running).rejects.toThrow('enough')
  expect(ended).toBe(true)
})

test('does not start what is stopped already', async () => {
  await expect(runCommand('true', [], { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
})

test('says what took too long, what was killed, and what is not there', async () => {
  await expect(runCommand('sleep', ['60'], { timeoutMs: 50 })).rejects.toThrow('sleep did not end within 50 ms')
  await expect(runCommand('sh', ['-c', 'kill -KILL $$'])).rejects.toThrow('sh was ended by SIGKILL')
  await expect(runCommand('/no/such/program', [])).rejects.toThrow('ENOENT')
})
