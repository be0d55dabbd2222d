import { join } from 'node:path'
import { SundialError } from '@sundial/platform'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import type { StateFolder } from '../state/layout.ts'
import type { Ports } from './choose-ports.ts'

/** The ports of earlier starts; none before the first. */
export async function loadPorts(state: StateFolder): Promise<Ports> {
  const path = portsFile(state)
  const text = await readFileIfPresent(path)
  if (text === undefined) return {}
  const ports = parse(text)
  if (!ports) throw new SundialError('SUN_STATE_UNUSABLE', `${path} does not hold port numbers by name`, { hint: 'Remove it: ports are then chosen anew.' })
  return ports
}

export async function savePorts(state: StateFolder, ports: Ports): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(ports).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  await writeFileAtomically(portsFile(state), `${JSON.stringify(sorted, undefined, 2)}\n`)
}

/**
 * Keeps the ports once the start has shown that they are good, so that a start that failed leaves the choice open.
 * Never rejects: what starts with other ports next time is still a platform, so a file that cannot be written is a warning.
 */
export async function savePortsOnceReady(ready: Promise<void>, state: StateFolder, ports: Ports): Promise<void> {
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

function parse(text: string): Ports | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return Object.values(value).every((port) => Number.isInteger(port) && port > 0 && port < 65536) ? (value as Ports) : undefined
  } catch {
    return undefined
  }
}
