import { SundialError } from '@sundial/platform'
import { reservePort, type Reservation } from './reserve-port.ts'

export interface PortRequest {
  /** Unique, and the same at each start, such as `temporal-frontend.grpc`. */
  readonly key: string
  /** Taken if it is free. */
  readonly preferred: number
  /** No address that others keep has it in it: another number does as well when the kept one is in use. @default false */
  readonly movable?: boolean
}

/** Port numbers by key. */
export type Ports = Readonly<Record<string, number>>

/** Ports above are given by the system to outgoing connections (Linux from 32768, others from 49152), so one that is kept may be in use at the next start. */
const LAST_PORT = 32_767

/**
 * A port of 127.0.0.1 for each request. One that was kept is used again, since issuers and callback addresses contain it; else, or if it is
 * movable and in use, the preferred one if it is free, else the next free one, if possible with the same last three digits. No number is given twice. What was kept
 * and is not requested now is returned too, so that it is there when it is requested again.
 *
 * Another process can take a port between this and its use: the program that needs it then fails to start.
 * @param claimed ports that other platforms have chosen, whether or not their programs listen there already
 * @throws SundialError `SUN_START_FAILED` if kept ports are in use that are not movable
 */
export async function choosePorts(requests: readonly PortRequest[], kept: Ports, claimed: ReadonlySet<number> = new Set()): Promise<Ports> {
  const held: Reservation[] = []
  const ports: Record<string, number> = { ...kept }
  const reserve = async (port: number) => {
    if (claimed.has(port)) return undefined
    const reservation = await reservePort(port)
    if (reservation) held.push(reservation)
    return reservation?.port
  }
  try {
    const busy: PortRequest[] = []
    for (const request of requests) {
      const port = kept[request.key]
      if (port === undefined || (await reserve(port)) !== undefined) continue
      if (request.movable) delete ports[request.key]
      else busy.push(request)
    }
    if (busy.length > 0) throw portsInUse(busy.map(({ key }) => `${key} ${kept[key]}`))
    const others = new Set([...Object.values(kept), ...requests.map(({ preferred }) => preferred)])
    for (const { key, preferred } of requests) {
      if (ports[key] !== undefined) continue
      const port = await firstFree(preferred, { taken: new Set(Object.values(ports)), others, reserve })
      if (port === undefined) throw noneFree(key, preferred)
      ports[key] = port
    }
    return ports
  } finally {
    // Held until all are chosen, so that none is chosen twice.
    await Promise.all(held.map((reservation) => reservation.release()))
  }
}

interface Search {
  /** Given away already, whether or not anyone listens there now. */
  readonly taken: ReadonlySet<number>
  /** Wanted by someone else: not for those who did not get their own. */
  readonly others: ReadonlySet<number>
  reserve(port: number): Promise<number | undefined>
}

async function firstFree(preferred: number, { taken, others, reserve }: Search): Promise<number | undefined> {
  if (!taken.has(preferred)) {
    const port = await reserve(preferred)
    if (port !== undefined) return port
  }
  for (const step of [1000, 1]) {
    for (let candidate = preferred + step; candidate <= LAST_PORT; candidate += step) {
      if (others.has(candidate) || taken.has(candidate)) continue
      const port = await reserve(candidate)
      if (port !== undefined) return port
    }
  }
  return undefined
}

/** Not any port of the system's: Temporal keeps membership ports in a column that ends at 32767. */
function noneFree(key: string, preferred: number): SundialError {
  return new SundialError('SUN_START_FAILED', `No port from ${preferred} to ${LAST_PORT} is free for ${key} on 127.0.0.1`, {
    hint: 'End programs that listen on these ports.',
  })
}

function portsInUse(names: readonly string[]): SundialError {
  return new SundialError('SUN_START_FAILED', `Ports of earlier starts are now in use by other programs: ${names.join(', ')}`, {
    hint: 'End those programs. Or remove the entries from ports.json in the state folder: new ports are then chosen, and addresses change.',
  })
}
