import type { ProgramReference } from '../../model/programs.ts'
import { programVersion } from '../../model/versions.ts'
import { pulledImage, type Cluster } from './cluster.ts'

/** How a workload's program is started in its container. */
export interface ContainerProgram {
  readonly image: string
  readonly command: readonly string[]
}

/** Modules of the platform's own packages are started by their names, since only their image knows where they are. */
const RUN_MODULE = 'sundial-run'

/** The image of a program, by its own name, before any mirror and digest. */
export function imageOf(program: ProgramReference, component: string, { plan, settings }: Cluster): string {
  if (program.kind === 'released') {
    const image = programVersion(program.name, program.version).images?.[program.command]
    if (image === undefined) throw new Error(`the versions table has no image with ${program.command}`)
    return `${image}:${program.version}`
  }
  if (!program.module.startsWith('./')) return settings.images.tools
  return plan.platform.applications[component]?.image ?? settings.images.tools
}

export function containerProgram(program: ProgramReference, component: string, cluster: Cluster): ContainerProgram {
  const image = pulledImage(cluster, imageOf(program, component, cluster))
  if (program.kind === 'released') return { image, command: [program.command] }
  if (program.module.startsWith('./')) return { image, command: ['node', program.module] }
  return { image, command: [RUN_MODULE, program.module] }
}
