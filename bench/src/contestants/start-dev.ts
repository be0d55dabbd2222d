import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { releasePorts } from '@sundial/local'
import { NAMESPACE } from '../driver/access.ts'
import { processTree } from '../machine/processes.ts'
import { startChild, whileRunning } from '../processes/child.ts'
import { cleanEnvironment } from '../processes/environment.ts'
import type { Contestant, RunningContestant, Start, Workspace } from './contestant.ts'
import { freePorts } from './ports.ts'
import { keepState, restoreState } from './state.ts'
import { commandsOf, TEMPORAL_CLI } from './programs.ts'
import { startWorker, workerReady } from './worker.ts'

/** What developers use today: `temporal server start-dev`, in memory, or on a file when it starts warm. */
export const startDev: Contestant = {
  id: 'start-dev',
  title: 'temporal server start-dev',
  description: `temporal server start-dev ${TEMPORAL_CLI.version}: one process, SQLite in memory (fresh) or in a file (warm), no encryption, no login. Not durable in memory.`,
  // In memory, as most use it.
  underLoad: 'fresh',
  async prepare(workspace) {
    await commandsOf(TEMPORAL_CLI, workspace)
    const folder = folderOf(workspace)
    await mkdir(folder)
    const first = await startIn(folder, 'warm', workspace)
    await first.ready().finally(() => first.stop())
    await keepState(folder, workspace)
  },
  async start(how, workspace) {
    const folder = folderOf(workspace)
    await restoreState(folder, workspace)
    return startIn(folder, how, workspace)
  },
}

function folderOf(workspace: Workspace): string {
  return join(workspace.folder, 'start-dev')
}

async function startIn(folder: string, how: Start, workspace: Workspace): Promise<RunningContestant> {
  const { temporal = '' } = await commandsOf(TEMPORAL_CLI, workspace)
  const ports = await freePorts(folder, ['grpc', 'ui', 'http', 'metrics', 'worker'])
  const number = (name: keyof typeof ports) => String(ports[name])
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--namespace', NAMESPACE]
  args.push('--port', number('grpc'), '--ui-port', number('ui'), '--http-port', number('http'), '--metrics-port', number('metrics'))
  if (how === 'warm') args.push('--db-filename', join(folder, 'temporal.db'))
  const address = `127.0.0.1:${ports.grpc}`
  const log = join(folder, 'server.log')
  const server = await startChild({ name: 'start-dev', command: temporal, args, env: cleanEnvironment(), cwd: folder, log, stopSignal: 'SIGINT' })
  const worker = await startWorker({ folder, address, port: ports.worker }).catch(async (error: unknown) => {
    await server.stop()
    throw error
  })
  return {
    startedAt: server.startedAt,
    access: { kind: 'plain', address },
    ready: () => whileRunning(server, workerReady(worker, ports.worker, workspace.signal)),
    groups: async (table) =>
      new Map([
        ['server', processTree(table, server.pid)],
        ['worker', processTree(table, worker.pid)],
      ]),
    settings: async () => ({ command: ['temporal', ...args].map((arg) => arg.replace(`${folder}/`, '')).join(' ') }),
    async stop() {
      await worker.stop()
      await server.stop()
      await releasePorts(folder)
    },
  }
}
