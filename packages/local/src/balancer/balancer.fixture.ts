import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { BalancedBackend, BalancerConfiguration } from '@sundial/platform/process'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { freePort } from '../free-port.fixture.ts'
import { startBalancer } from './balancer.ts'

/** A copy that answers each line with its name, says goodbye when the client has said its last, and is ready when the test says so. */
export class Copy {
  readonly name: string
  ready = true
  readonly #sockets = new Set<Socket>()
  readonly #server: Server
  readonly #health: Server
  #port = 0

  constructor(name: string) {
    this.name = name
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => this.#sockets.delete(socket))
      socket.on('data', (data) => socket.write(`${name} heard ${String(data)}`))
      socket.once('end', () => socket.end(`${name} says goodbye`))
    })
    this.#health = createHttpServer((_, response) => response.writeHead(this.ready ? 200 : 503).end())
  }

  /** Listens, at the same address as before. */
  async start(): Promise<this> {
    this.#port = await listen(this.#server, this.#port)
    return this
  }

  /** As a process that is killed: it breaks its connections and accepts no more. */
  async kill(): Promise<void> {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    if (this.#server.listening) await once(this.#server, 'close')
  }

  async backend(): Promise<BalancedBackend> {
    const health = this.#health.listening ? (this.#health.address() as AddressInfo).port : await listen(this.#health, 0)
    return {
      name: this.name,
      ports: { line: { host: '127.0.0.1', port: this.#port } },
      ready: { kind: 'http', url: `http://127.0.0.1:${health}/`, periodSeconds: 0.02, timeoutSeconds: 2 },
    }
  }

  async close(): Promise<void> {
    await this.kill()
    this.#health.close()
  }
}

export async function copies(...names: readonly string[]): Promise<Copy[]> {
  const started = await Promise.all(names.map((name) => new Copy(name).start()))
  onTestFinished(async () => void (await Promise.all(started.map((copy) => copy.close()))))
  return started
}

export interface Balanced {
  /** Opens a connection, as a client does. */
  connect(): Promise<Client>
  /** What the balancer says of itself. */
  health(): Promise<{ status: number; body: { ready: boolean; backends: { name: string; ready: boolean; problem?: string; connections: number }[] } }>
  /** Resolves as soon as exactly these are ready. */
  untilReady(...names: readonly string[]): Promise<void>
  readonly log: readonly string[]
}

/** A balancer in front of backends, until the test has ended. */
export async function balancing(backends: readonly BalancedBackend[]): Promise<Balanced> {
  const [line, health] = [await freePort(), await freePort()]
  const configuration: BalancerConfiguration = {
    health: { host: '127.0.0.1', port: health },
    ports: { line: { host: '127.0.0.1', port: line } },
    backends,
  }
  const log: string[] = []
  const balancer = await startBalancer(configuration, pino({ base: null, timestamp: false }, { write: (entry: string) => void log.push(entry.trim()) }))
  onTestFinished(() => balancer.close())
  const ask = async (): ReturnType<Balanced['health']> => {
    const response = await fetch(`http://127.0.0.1:${health}/readyz`)
    return { status: response.status, body: (await response.json()) as Awaited<ReturnType<Balanced['health']>>['body'] }
  }
  return {
    log,
    health: ask,
    connect: () => Client.open(line),
    untilReady: async (...names) => {
      const wanted = [...names].toSorted().join()
      while (
        wanted !==
        (await ask()).body.backends
          .flatMap(({ name, ready }) => (ready ? [name] : []))
          .toSorted()
          .join()
      );
    },
  }
}

/** A client's end of a connection. */
export class Client {
  readonly #socket: Socket
  private constructor(socket: Socket) {
    this.#socket = socket
  }

  static async open(port: number): Promise<Client> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    return new Client(socket)
  }

  /** What is answered to a text; nothing if the connection broke. */
  async say(words: string): Promise<string | undefined> {
    this.#socket.write(words)
    return await new Promise<string | undefined>((resolve) => {
      this.#socket.once('data', (data) => resolve(String(data)))
      this.#socket.once('close', () => resolve(undefined)).once('end', () => resolve(undefined))
    })
  }

  /** Says its last, and listens to the end. */
  async finish(words: string): Promise<string> {
    this.#socket.end(words)
    return await text(this.#socket)
  }

  /** Resolves when the connection is gone or the other side has ended it. */
  async broken(): Promise<void> {
    this.#socket.resume()
    if (this.#socket.destroyed || this.#socket.readableEnded) return
    await new Promise<void>((resolve) => void this.#socket.once('close', resolve).once('end', resolve))
  }

  leave(): void {
    this.#socket.destroy()
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
