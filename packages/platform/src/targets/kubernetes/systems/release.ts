import { merge } from '../../../model/merge.ts'
import type { Cluster } from '../cluster.ts'
import { pods, type PodsPeer } from '../network/allowed.ts'
import { priorityName } from '../priority.ts'
import type { Chart, ChartImage, ChartRelease, Values } from '../system.ts'

type Wanted = Omit<ChartRelease, 'name'> & {
  /** @default the chart's own */
  readonly name?: string
  readonly chart: Chart
}

/** A release of a chart whose images come through the mirror where there is one. */
export function chartRelease({ chart, name = chart.name, values, ...rest }: Wanted, { settings }: Cluster): ChartRelease {
  const { mirror } = settings.images
  const mirrored = mirror === undefined ? [] : chart.images.map((image) => mirrorValues(image, mirror))
  return { name, chart, values: mirrored.reduce<Values>((under, over) => merge(under, over) as Values, values), ...rest }
}

function mirrorValues({ name, repositories = [], registries = [] }: ChartImage, mirror: string): Values {
  const registry = registryOf(name)
  const entries = [
    ...repositories.map((path) => [path, `${mirror}/${name}`] as const),
    ...registries.map((path) => [path, registry === undefined ? mirror : `${mirror}/${registry}`] as const),
  ]
  return entries.reduce<Values>((under, [path, value]) => merge(under, nested(path.split('.'), value)) as Values, {})
}

/** Of an image without a registry, which is Docker's, nothing. */
function registryOf(image: string): string | undefined {
  const first = image.slice(0, image.indexOf('/'))
  return /[.:]/.test(first) ? first : undefined
}

function nested([key = '', ...rest]: readonly string[], value: string): Values {
  return { [key]: rest.length === 0 ? value : nested(rest, value) }
}

/** Copies of what may not be away while a node is: two in production. */
export function copies({ plan }: Cluster): number {
  return plan.platform.environment === 'production' ? 2 : 1
}

/** What a container asks for, and the memory at which it ends. No limit of processor time: what waits for it would time out. */
export function resources(cpu: string, memory: string, memoryLimit = memory): Values {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } }
}

/** Names of the secrets for the registry, as pods say them. */
export function pullSecrets({ settings }: Cluster): readonly Values[] {
  return settings.images.pullSecrets.map((name) => ({ name }))
}

/** The priority of what Temporal cannot do without. */
export function platformPriority({ plan }: Cluster): string {
  return priorityName(plan.platform.name, 'platform')
}

/** Pods of a system: where the cluster has it already, only their namespace is known. */
export function systemPods(system: { readonly run: string; readonly namespace?: string | undefined }, own: PodsPeer): PodsPeer {
  return system.run === 'present' ? pods(system.namespace ?? own.namespace) : own
}

/** What "restricted" of the Pod Security Standards asks of containers, for charts that do not say it. */
export const RESTRICTED_CONTAINER: Values = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
}
