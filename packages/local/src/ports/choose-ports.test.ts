import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openState } from '../state/open-state.ts'
import { stateFolder } from '../state/layout.ts'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { choosePorts } from './choose-ports.ts'
import { reservePort } from './reserve-port.ts'
import { keepPorts, loadPorts, portsFile, portsToKeep, savePorts, savePortsOnceReady } from './store.ts'

/** A port that is free now, below those that the system gives away. */
async function freePort(): Promise<number> {
  for (let port = 20_000 + Math.floor(Math.random() * 5000); ; port++) {
    const reservation = await reservePort(port)
    await reservation?.release()
    if (reservation) return port
  }
}

async function busyPort(): Promise<number> {
  const port = await freePort()
  const reservation = await reservePort(port)
  if (!reservation) return busyPort()
  onTestFinished(() => reservation.release())
  return port
}

test('takes the preferred port, and lets it go for the program', async () => {
  const preferred = await freePort()
  expect(await choosePorts([{ key: 'a', preferred }], {})).toEqual({ a: preferred })
  const reservation = await reservePort(preferred)
  expect(reservation?.port).toBe(preferred)
  await reservation?.release()
})

test('goes to another with the same last digits when the preferred one is in use', async () => {
  const preferred = await busyPort()
  const { a } = await choosePorts([{ key: 'a', preferred }], {})
  expect(a).not.toBe(preferred)
  expect((a ?? 0) % 1000).toBe(preferred % 1000)
})

test('gives no port twice, and to nobody what another prefers', async () => {
  const preferred = await freePort()
  const requests = [
    { key: 'a', preferred },
    { key: 'b', preferred },
    { key: 'c', preferred: preferred + 1000 },
    ...Array.from({ length: 40 }, (_, n) => ({ key: `n${n}`, preferred })),
  ]
  const ports = await choosePorts(requests, {})
  expect(new Set(Object.values(ports)).size).toBe(requests.length)
  expect(ports).toMatchObject({ a: preferred, c: preferred + 1000 })
})

test('uses a kept port again, although another is preferred', async () => {
  const kept = await freePort()
  expect(await choosePorts([{ key: 'a', preferred: kept + 1 }], { a: kept })).toEqual({ a: kept })
})

test('keeps the port of what is switched off', async () => {
  const preferred = await freePort()
  const ports = await choosePorts([{ key: 'a', preferred }], { off: preferred })
  expect(ports.off).toBe(preferred)
  expect(ports.a).not.toBe(preferred)
})

test('says which kept ports are in use, all of them', async () => {
  const [a, b] = [await busyPort(), await busyPort()]
  const requests = [
    { key: 'a', preferred: 1 },
    { key: 'b', preferred: 2 },
  ]
  await expect(choosePorts(requests, { a, b })).rejects.toMatchObject({ message: `Ports of earlier starts are now in use by other programs: a ${a}, b ${b}` })
})

test('takes another port where a kept one is in use and may move, and keeps the others', async () => {
  const [busy, kept, preferred] = [await busyPort(), await freePort(), await freePort()]
  const requests = [
    { key: 'moves', preferred, movable: true },
    { key: 'stays', preferred: 1, movable: true },
  ]
  expect(await choosePorts(requests, { moves: busy, stays: kept })).toEqual({ moves: preferred, stays: kept })
})

test('ports outlive the process', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await openState(state)
  expect(await loadPorts(state)).toEqual({})
  await savePorts(state, { b: { port: 2, preferred: 20 }, a: { port: 1 } })
  expect(await loadPorts(state)).toEqual({ a: { port: 1 }, b: { port: 2, preferred: 20 } })
})

test('ports are kept only after a start that worked', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await openState(state)
  await savePortsOnceReady(Promise.reject(new Error('it did not start')), state, { a: { port: 1 } })
  expect(await loadPorts(state)).toEqual({})
  await savePortsOnceReady(Promise.resolve(), state, { a: { port: 1 } })
  expect(await loadPorts(state)).toEqual({ a: { port: 1 } })
})

test('ports that cannot be kept are a warning', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await mkdir(portsFile(state), { recursive: true })
  const warned = once(process, 'warning')
  await savePortsOnceReady(Promise.resolve(), state, { a: { port: 1 } })
  expect(await warned).toMatchObject([{ message: expect.stringContaining('ports are not kept') }])
})

test('a setting that was changed since wins over the port that was kept for it; all others keep theirs', () => {
  const kept = { a: { port: 9001, preferred: 8001 }, b: { port: 9002, preferred: 8002 }, old: { port: 9003 }, off: { port: 9004, preferred: 8004 } }
  const requests = [
    { key: 'a', preferred: 8001 },
    { key: 'b', preferred: 8099 },
    { key: 'old', preferred: 8003 },
  ]
  expect(portsToKeep(kept, requests)).toEqual({ a: 9001, old: 9003, off: 9004 })
  expect(keepPorts({ a: 9001, b: 8099, old: 9003, off: 9004 }, { requests, kept })).toEqual({
    ...kept,
    b: { port: 8099, preferred: 8099 },
    old: { port: 9003, preferred: 8003 },
  })
})

test('reads the ports that an earlier version kept', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await openState(state)
  await writeFile(portsFile(state), '{"a":7233}')
  expect(await loadPorts(state)).toEqual({ a: { port: 7233 } })
})

test.each(['{"a":"x"}', '{"a":70000}', '{"a":{"port":0}}', '{"a":{"port":1,"preferred":"x"}}', '[1]', '{'])('refuses %s as ports', async (content) => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await openState(state)
  await writeFile(portsFile(state), content)
  await expect(loadPorts(state)).rejects.toMatchObject({ code: 'SUN_STATE_UNUSABLE' })
})
