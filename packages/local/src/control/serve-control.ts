import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { RestartError, StoppedError, type Supervisor } from '../supervisor/index.ts'
import type { ControlAnswer, ControlRequest } from './protocol.ts'

export interface ControlServer {
  close(): Promise<void>
}

/** Listens on a socket that only this user may open. The caller holds the lock of the state folder: what is there is left over. */
export async function serveControl(path: string, supervisor: Supervisor): Promise<ControlServer> {
  await rm(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    // Whoever asked has gone.
    socket.on('error', () => socket.destroy())
    createInterface({ input: socket }).once('line', (line) => void answer(line, supervisor).then((text) => socket.end(`${JSON.stringify(text)}\n`)))
  })
  // The socket gets the rights that this leaves, from the moment that it is there.
  const listening = once(server, 'listening')
  const mask = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(mask)
  }
  await listening
  return {
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.end()
      await closed
    },
  }
}

async function answer(line: string, supervisor: Supervisor): Promise<ControlAnswer> {
  const request = parse(line)
  const name = supervisor.status().processes.find((process) => process.name === request?.process && process.kind !== 'task')?.name
  if (request?.command !== 'restart' || name === undefined) return { kind: 'unknown', message: `this platform does not understand ${line}` }
  try {
    await supervisor.restart(name)
    return { kind: 'done' }
  } catch (error) {
    if (error instanceof RestartError) return { kind: 'failed', problem: error.problem }
    if (error instanceof StoppedError) return { kind: 'stopping' }
    return { kind: 'unknown', message: String(error) }
  }
}

function parse(line: string): Partial<ControlRequest> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
