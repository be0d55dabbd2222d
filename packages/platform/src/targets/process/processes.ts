import type { ProgramReference } from '../../model/programs.ts'
import { isTrustDomain } from '../../model/values.ts'
import type { Need, PortTls, Probe, Workload } from '../../model/workload.ts'
import { LOOPBACK, type Machine, type Site } from './machine.ts'
import { certificatePath, configPath, trustPath, volumePath } from './paths.ts'
import type { ProcessFile, ProcessProbe, ProcessProgram, ProcessSpec, ProcessTls } from './process-plan.ts'
import { Resolver } from './resolve.ts'

/** A process that is ready is asked this often, and given up after this long. A death is noticed at once, without a probe. */
const PROBE = { periodSeconds: 2, timeoutSeconds: 2 }

/** The processes of one workload: its init steps in order, then itself. */
export function processesOf(workload: Workload, machine: Site): ProcessSpec[] {
  const resolver = new Resolver(machine, workload)
  const needs = workload.needs.map(processNeed)
  const base = {
    workload: workload.name,
    component: workload.component,
    program: program(workload.program, machine),
    env: Object.fromEntries(Object.entries(workload.env).map(([name, value]) => [name, resolver.text(value)])),
    files: files(workload, { machine, resolver }),
    folders: workload.volumes.map((name) => volumePath(machine, name)),
    stop: { signal: workload.stop.signal ?? ('SIGTERM' as const), graceSeconds: workload.stop.graceSeconds },
  }
  const steps = workload.init.map((step, index): ProcessSpec => {
    const previous = workload.init[index - 1]
    return {
      ...base,
      name: `${workload.name}-${step.name}`,
      kind: 'job',
      ...(step.program && { program: program(step.program, machine) }),
      args: step.args.map((value) => resolver.argument(value)),
      ports: {},
      needs: previous ? [completed(`${workload.name}-${previous.name}`)] : needs,
    }
  })
  const last = steps.at(-1)
  const main: ProcessSpec = {
    ...base,
    name: workload.name,
    kind: workload.runs,
    args: workload.args.map((value) => resolver.argument(value)),
    ports: Object.fromEntries(
      Object.entries(workload.ports).map(([name, port]) => [name, { number: resolver.port(workload.name, name), protocol: port.protocol }]),
    ),
    needs: last ? [...needs, completed(last.name)] : needs,
    ...(workload.ready && { ready: probe(workload.ready, { workload, machine, resolver }) }),
  }
  return [...steps, main]
}

interface Context {
  readonly machine: Machine
  readonly resolver: Resolver
}

function program(reference: ProgramReference, machine: Machine): ProcessProgram {
  if (reference.kind === 'released') return reference
  const { module } = reference
  return { kind: 'node', module: module.startsWith('./') ? `${machine.projectFolder}/${module.slice(2)}` : machine.resolveModule(module) }
}

function files(workload: Workload, { machine, resolver }: Context): ProcessFile[] {
  return Object.entries(workload.files).map(([name, { format, content }]) => ({
    path: `${configPath(machine, workload.name)}/${name}`,
    format,
    content: resolver.tree(content) ?? null,
  }))
}

function probe(ready: Probe, { workload, machine, resolver }: Context & { workload: Workload }): ProcessProbe {
  const number = resolver.port(workload.name, ready.port)
  if (ready.kind === 'http') return { kind: 'http', url: `http://${LOOPBACK}:${number}${ready.path}`, ...PROBE }
  if (ready.kind === 'tcp')
    return { kind: workload.ports[ready.port]?.protocol === 'postgresql' ? 'postgresql' : 'tcp', host: LOOPBACK, port: number, ...PROBE }
  const tls = probeTls(workload.ports[ready.port]?.tls, { workload, machine })
  return { kind: 'grpc', address: `${LOOPBACK}:${number}`, service: ready.service, ...(tls && { tls }), ...PROBE }
}

/** A process is asked with its own certificate: nobody else on the machine needs one of the domain. */
function probeTls(tls: PortTls | undefined, { workload, machine }: { workload: Workload; machine: Machine }): ProcessTls | undefined {
  if (!tls || !isTrustDomain(tls.domain)) return undefined
  return { serverName: tls.serverName, caFile: trustPath(machine, tls.domain).caFile, ...certificatePath(machine, workload.name, tls.domain) }
}

function processNeed(need: Need): ProcessSpec['needs'][number] {
  return { process: need.party, until: need.until }
}

function completed(process: string): ProcessSpec['needs'][number] {
  return { process, until: 'completed' }
}
