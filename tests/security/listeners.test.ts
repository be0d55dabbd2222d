import { expect, test } from 'vitest'
import { processes } from '../support/platform.ts'
import { listeners, processTree } from '../support/proc.ts'
import { supervisorPid } from '../support/supervisor.ts'

const LOOPBACK = '127.0.0.1'

test('every process of the platform listens on the loopback address only', async () => {
  const tree = await processTree(await supervisorPid())
  const open = await Promise.all(tree.map(async (pid) => ({ pid, listens: await listeners(pid) })))
  expect(open.flatMap(({ pid, listens }) => listens.filter(({ address }) => address !== LOOPBACK).map((listener) => ({ pid, ...listener })))).toEqual([])
  // And it is seen: each port of each service is among them.
  for (const { name, pid, ports } of await processes()) {
    const own = open.find((each) => each.pid === pid)?.listens.map(({ port }) => port) ?? []
    expect(own, name).toEqual(expect.arrayContaining(Object.values(pid === undefined ? {} : ports)))
  }
})
