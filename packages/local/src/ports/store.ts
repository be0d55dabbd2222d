import { join } from 'node:path'
import { SundialError } from '@sundial/platform'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import type { StateFolder } from '../state/layout.ts'
import type { PortRequest, Ports } from './choose-ports.ts'

/** A port of an earlier start. */
export interface KeptPort {
  readonly port: number
  /** What the configuration said when it was chosen. Unknown in files of earlier versions, which held numbers. */
  readonly preferred?: number
}

/** By key. */
export type KeptPorts = Readonly<Record<string, KeptPort>>

/** The ports of earlier starts; none before the first. */
export async function loadPorts(state: StateFolder): Promise<KeptPorts> {
  const path = portsFile(state)
  const text = await readFileIfPresent(path)
  if (text === undefined) return {}
  const ports = parse(text)
  if (!ports) throw new SundialError('SUN_STATE_UNUSABLE', `${path} does not hold ports by name`, { hint: 'Remove it: ports are then chosen anew.' })
  return ports
}

/** Those that are to be used again. One whose setting was changed since gives way: whoever wrote a number there wants it. */
export function portsToKeep(kept: KeptPorts, requests: readonly PortRequest[]): Ports {
  const wanted = new Map(requests.map(({ key, preferred }) => [key, preferred]))
  const same = ([key, { preferred }]: readonly [string, KeptPort]): boolean => preferred === undefined || (wanted.get(key) ?? preferred) === preferred
  return Object.fromEntries(
    Object.entries(kept)
      .filter(same)
      .map(([key, { port }]) => [key, port]),
  )
}

/** What to keep of the ports that were chosen for these requests, and of those that were kept before. */
export function keepPorts(ports: Ports, { requests, kept }: { readonly requests: readonly PortRequest[]; readonly kept: KeptPorts }): KeptPorts {
  const requested = requests.flatMap(({ key, preferred }) => (ports[key] === undefined ? [] : [[key, { port: ports[key], preferred }] as const]))
  return { ...kept, ...Object.fromEntries(requested) }
}

export async function savePorts(state: StateFolder, ports: KeptPorts): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(ports).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  await writeFileAtomically(portsFile(state), `${JSON.stringify(sorted, undefined, 2)}\n`)
}

/**
 * Keeps the ports once the start has shown that they are good, so that a start that failed leaves the choice open.
 * Never rejects: what starts with other ports next time is still a platform, so a file that cannot be written is a warning.
 */
export async function savePortsOnceReady(ready: Promise<void>, state: StateFolder, ports: KeptPorts): Promise<void> {
  const isReady = await ready.then(
    () => true,
    // Whoever started it hears why.
    () => false,
  )
  if (!isReady) return
  await savePorts(state, ports).catch((error: Error) => process.emitWarning(`ports are not kept, and may be others at the next start: ${error.message}`))
}

export function portsFile(state: StateFolder): string {
  return join(state.root, 'ports.json')
}

function parse(text: string): KeptPorts | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const ports = Object.entries(value).map(([key, kept]: [string, unknown]) => [key, typeof kept === 'number' ? { port: kept } : kept] as const)
    return ports.every(([, kept]) => isKept(kept)) ? (Object.fromEntries(ports) as KeptPorts) : undefined
  } catch {
    return undefined
  }
}

function isKept(value: unknown): value is KeptPort {
  const { port, preferred } = (value ?? {}) as Partial<KeptPort>
  return isPort(port) && (preferred === undefined || isPort(preferred))
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) < 65_536
}
