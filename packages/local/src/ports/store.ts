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
