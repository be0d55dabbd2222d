import type { ProgramReference } from '../../model/programs.ts'
import type { Need, Workload } from '../../model/workload.ts'
import { balancerOf } from './balancer.ts'
import type { Deployed, Instance, Layout } from './layout.ts'
import type { Machine, Site } from './machine.ts'
import { configPath, volumePath } from './paths.ts'
import { probeOf } from './probe.ts'
import type { ProcessFile, ProcessProgram, ProcessSpec } from './process-plan.ts'
import { Resolver } from './resolve.ts'

interface Context {
  readonly machine: Site
  readonly layout: Layout
}

/** The processes of a workload: its copies, and the balancer in front of them if others dial them. */
export function processesOf(deployed: Deployed, context: Context): ProcessSpec[] {
  const isBalanced = deployed.balanced.length > 0
  const instances = deployed.instances.flatMap((instance) => processesOfInstance(instance, context, isBalanced))
  return !isBalanced ? instances : [...instances, balancerOf(deployed, context.machine)]
}

/** The processes of one copy: its init steps in order, then itself. */
function processesOfInstance(instance: Instance, { machine, layout }: Context, isBalanced: boolean): ProcessSpec[] {
  const { workload, name } = instance
  // Behind a balancer others serve meanwhile: it goes on until the balancer has seen that it stops, and no request is lost.
  const handsOver = workload.stop.handsOver && !isBalanced
  const resolver = new Resolver(machine, instance)
  const needs = workload.needs.map((need) => processNeed(need, layout))
  const base = {
    workload: workload.name,
    component: workload.component,
    program: program(workload.program, machine),
    env: {
      ...Object.fromEntries(Object.entries(workload.env).map(([variable, value]) => [variable, resolver.text(value)])),
      ...(handsOver && { STOP_RELEASES_PORTS: 'true' }),
    },
    files: files(workload, { folder: configPath(machine, name), resolver }),
    ...(workload.lasting && { lasting: true }),
    ...(workload.startsLast && { startsLast: true }),
    folders: workload.volumes.map((volume) => volumePath(machine, volume)),
    stop: {
      signal: workload.stop.signal ?? ('SIGTERM' as const),
      graceSeconds: workload.stop.graceSeconds,
      ...(handsOver && { handsOver: true }),
    },
  }
  const steps = workload.init.map((step, index): ProcessSpec => {
    const previous = workload.init[index - 1]
    return {
      ...base,
      name: `${name}-${step.name}`,
      kind: 'job',
      ...(step.program && { program: program(step.program, machine) }),
      ...(step.lasting && { lasting: true }),
      args: step.args.map((value) => resolver.argument(value)),
      ports: {},
      needs: previous ? [completed(`${name}-${previous.name}`)] : needs,
    }
  })
  const last = steps.at(-1)
  const ready = probeOf(instance, machine)
  const main: ProcessSpec = {
    ...base,
    name,
    kind: workload.runs,
    args: workload.args.map((value) => resolver.argument(value)),
    ports: Object.fromEntries(Object.entries(workload.ports).map(([port, { protocol }]) => [port, { number: resolver.ownPort(port), protocol }])),
    needs: last ? [...needs, completed(last.name)] : needs,
    ...(workload.reload && { reload: workload.reload }),
    ...(ready && { ready }),
  }
  return [...steps, main]
}

function program(reference: ProgramReference, machine: Machine): ProcessProgram {
  if (reference.kind === 'released') return reference
  const { module } = reference
  return { kind: 'node', module: module.startsWith('./') ? `${machine.projectFolder}/${module.slice(2)}` : machine.resolveModule(module) }
}

function files(workload: Workload, { folder, resolver }: { folder: string; resolver: Resolver }): ProcessFile[] {
  return Object.entries(workload.files).map(([name, { format, content }]) => ({
    path: `${folder}/${name}`,
    format,
    content: resolver.tree(content) ?? null,
  }))
}

function processNeed(need: Need, layout: Layout): ProcessSpec['needs'][number] {
  return { anyOf: layout.standingFor(need.party), until: need.until }
}

function completed(process: string): ProcessSpec['needs'][number] {
  return { anyOf: [process], until: 'completed' }
}
