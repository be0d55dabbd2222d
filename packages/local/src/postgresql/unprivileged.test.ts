import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { runCommand } from '../toolchain/run-command.ts'
import { newCluster, startServer } from './cluster.fixture.ts'
import { initialise } from './initialise.ts'
import { setUpDatabases } from './set-up-databases.ts'
import { asOtherUser, asUnprivileged, inNamespace, type Command } from './unprivileged.ts'
import { lookUp } from './users.ts'

const isRoot = process.platform === 'linux' && process.getuid?.() === 0
const never = new AbortController().signal
const NOBODY = { uid: 65534, gid: 65534 }

test('anyone but root runs a command as it is', async (context) => {
  context.skip(process.getuid?.() === 0, 'this is root')
  expect(await asUnprivileged('postgres', ['-D', 'x'])).toEqual({ command: 'postgres', args: ['-D', 'x'] })
})

describe('as root', () => {
  beforeEach((context) => context.skip(!isRoot, 'only root on Linux can become another user'))
  const output = async ({ command, args }: Command) => (await runCommand(command, args)).stdout

  test('a command does not see itself as root', async () => {
    expect(await output(await asUnprivileged('id', ['-u']))).not.toBe('0')
  })

  test('in a namespace, files stay those of root', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'file')
    const { command, args } = await inNamespace({ command: 'sh', args: ['-c', `id -u; id -u > ${file}`] }, [])
    expect((await runCommand(command, args)).stdout).toBe('1000')
    expect((await stat(file)).uid).toBe(0)
    expect(await readFile(file, 'utf8')).toBe('1000\n')
  })

  test('as another user, folders that are closed can still be passed', async () => {
    const folder = await temporaryFolder()
    const own = join(folder, 'own')
    await runCommand('mkdir', ['-m', '0700', own])
    const command = await asOtherUser(NOBODY, { command: 'sh', args: ['-c', `id -u; touch ${own}/file`] }, [own])
    expect(await output(command)).toBe('65534')
    expect((await stat(folder)).uid).toBe(0)
    for (const path of [own, join(own, 'file')]) expect((await stat(path)).uid).toBe(65534)
  })

  test('knows the users of the machine', async () => {
    expect(await lookUp('root')).toEqual({ uid: 0, gid: 0 })
    expect(await lookUp('no-such-user')).toBeUndefined()
  })

  test('a data folder goes from one way to the other and back, and signals reach the server', async () => {
    const { init, setup } = await newCluster()
    await initialise(init)
    const ways = [(command: Command) => asOtherUser(NOBODY, command, [init.dataFolder]), (command: Command) => inNamespace(command, [init.dataFolder])]
    for (const way of ways) {
      await initialise(init)
      const server = await startServer(init, way)
      await setUpDatabases({ ...setup, databases: [] }, never)
      // The first line of the pid file is who the server thinks it is, as seen from outside: its own process, not a wrapper's child.
      expect((await readFile(join(init.dataFolder, 'postmaster.pid'), 'utf8')).split('\n')[0]).toBe(String(server.child.pid))
      const closed = once(server.child, 'exit')
      server.child.kill('SIGINT')
      expect(await closed).toEqual([0, null])
      expect(server.log()).toMatch(/received fast shutdown request.*database system is shut down/s)
    }
  })
})
