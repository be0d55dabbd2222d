import { processPorts } from '@sundial/platform/render'
import { loadPorts, portsToKeep } from '../ports/index.ts'
import { reservePort } from '../ports/reserve-port.ts'
import { stateOwner } from '../state/index.ts'
import { readProcesses } from '../supervisor/process-record.ts'
import { portsFile } from '../ports/store.ts'
import { ok, problem, warning, type Check, type DoctorContext, type Finding } from './check.ts'
import { listenersOn, type Listener } from './listeners.ts'

/** Processes that are named, and ports of each. */
const MAX_LINES = 4

interface PlannedPort {
  readonly key: string
  readonly port: number
  /** From an earlier start: it cannot be another. */
  readonly isKept: boolean
}

export const ports: Check = {
  name: 'ports',
  async run(context) {
    const { plan, state, machine } = context
    if (!plan) return []
    const owner = await stateOwner(state)
    if (owner) return [ok(`in use by this platform, which runs as process ${owner.pid}`)]
    const requests = processPorts(plan)
    const kept = portsToKeep(await loadPorts(state), requests)
    const planned = requests.map(({ key, preferred }): PlannedPort => ({ key, port: kept[key] ?? preferred, isKept: kept[key] !== undefined }))
    const busy = []
    for (const each of planned) if (!(await isFree(each.port))) busy.push(each)
    const listeners = await listenersOn(new Set(busy.map(({ port }) => port)), machine.procFolder)
    // What a killed supervisor left behind is ended by the next start.
    const ours = new Set(readProcesses(state.run).map(({ pid }) => pid))
    const others = busy.filter(({ port }) => !ours.has(listeners.get(port)?.pid ?? 0))
    if (others.length === 0) return [ok(`${planned.length} ports are free`)]
    return describe(others, listeners, context)
  },
}

async function isFree(port: number): Promise<boolean> {
  const reservation = await reservePort(port)
  await reservation?.release()
  return reservation !== undefined
}

function describe(busy: readonly PlannedPort[], listeners: ReadonlyMap<number, Listener>, { state }: DoctorContext): Finding[] {
  const [kept, usual] = [busy.filter(({ isKept }) => isKept), busy.filter(({ isKept }) => !isKept)]
  const findings: Finding[] = []
  if (kept.length > 0) {
    const found = ['ports of earlier starts are used by others', ...byProcess(kept, listeners)].join('\n')
    const fix = `${end(kept, listeners)}. Or remove the ports from ${portsFile(state)}: new ones are chosen`
    findings.push(problem(found, 'the same ports: addresses contain them', fix))
  }
  if (usual.length > 0) {
    const found = ['usual ports are used by others', ...byProcess(usual, listeners)].join('\n')
    findings.push(warning(found, 'nothing: the start chooses other ports', `to have the usual addresses, ${end(usual, listeners)}`))
  }
  return findings
}

/** A line for each process, and not for all of them where another platform has every port. */
function byProcess(busy: readonly PlannedPort[], listeners: ReadonlyMap<number, Listener>): string[] {
  const processes = new Map<string, string[]>()
  for (const { key, port } of busy) {
    const listener = listeners.get(port)
    const name = listener ? `process ${listener.pid}, ${listener.command}` : 'a process that cannot be seen from here'
    processes.set(name, [...(processes.get(name) ?? []), `${port} (${key})`])
  }
  const some = (taken: readonly string[]): string =>
    taken.length > MAX_LINES ? `${taken.slice(0, MAX_LINES - 1).join(', ')} and ${taken.length - MAX_LINES + 1} more` : taken.join(', ')
  const lines = [...processes].map(([name, taken]) => `${some(taken)}: ${name}`)
  return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES - 1), `and ports of ${lines.length - MAX_LINES + 1} more processes`] : lines
}

function end(busy: readonly PlannedPort[], listeners: ReadonlyMap<number, Listener>): string {
  const pids = [...new Set(busy.flatMap(({ port }) => listeners.get(port)?.pid ?? []))]
  return pids.length > 0 ? `kill ${pids.join(' ')}` : 'end what listens there; this shows it: sudo lsof -nP -iTCP -sTCP:LISTEN'
}
