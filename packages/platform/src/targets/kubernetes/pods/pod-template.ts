import type { InitStep, Resources, Workload } from '../../../model/workload.ts'
import { pulledImage, type Cluster } from '../cluster.ts'
import { containerProgram } from '../images.ts'
import { labelsOf } from '../labels.ts'
import { priorityOf } from '../priority.ts'
import type { PodResolver } from '../resolve.ts'
import { mountsOf, type Mount } from './mounts.ts'
import type { ConfigObjects } from './config-objects.ts'
import type { ConfigText } from './config-files.ts'
import { needsProbeBinary, PROBE_FOLDER, probesOf } from './probes.ts'
import { CONTAINER_SECURITY, POD_SECURITY } from './security.ts'
import { spreadOf } from './spread.ts'
import { environmentOf, type EnvironmentVariable } from './variables.ts'

/** What a workload's pods are made of. */
export interface PodParts {
  readonly workload: Workload
  readonly cluster: Cluster
  readonly resolver: PodResolver
  readonly texts: readonly ConfigText[]
  readonly config: ConfigObjects
}

export function podTemplate(parts: PodParts): object {
  const { workload, cluster, config } = parts
  const { settings, plan } = cluster
  const mounts = [...mountsOf(workload, config), ...(needsProbeBinary(workload) ? [PROBE_MOUNT] : [])]
  const environment = environmentOf(workload, parts.resolver, parts.texts)
  const common = { ...parts, mounts, environment }
  const init = [...(needsProbeBinary(workload) ? [probeStep(cluster)] : []), ...workload.init.map((step) => stepContainer(step, common))]
  return {
    metadata: { labels: labelsOf(workload, plan.platform.name) },
    spec: {
      serviceAccountName: workload.name,
      automountServiceAccountToken: false,
      // Services' variables would stand in for the programs' own settings, such as TEMPORAL_UI_PORT.
      enableServiceLinks: false,
      priorityClassName: priorityOf(plan.platform.name, workload.area),
      ...(workload.runs === 'job' && { restartPolicy: 'OnFailure' }),
      terminationGracePeriodSeconds: workload.stop.graceSeconds,
      securityContext: POD_SECURITY,
      ...(settings.images.pullSecrets.length > 0 && { imagePullSecrets: settings.images.pullSecrets.map((name) => ({ name })) }),
      ...spreadOf(workload, plan.platform.environment),
      ...(init.length > 0 && { initContainers: init }),
      containers: [mainContainer(common)],
      volumes: mounts.map(({ volume }) => volume),
    },
  }
}

interface Common extends PodParts {
  readonly mounts: readonly Mount[]
  readonly environment: readonly EnvironmentVariable[]
}

function mainContainer(common: Common): object {
  const { workload, cluster, resolver } = common
  const { image, command } = containerProgram(workload.program, workload.component, cluster)
  return {
    name: workload.name,
    ...container(common, image),
    command,
    ...(workload.args.length > 0 && { args: workload.args.map((value) => resolver.argument(value)) }),
    ...(Object.keys(workload.ports).length > 0 && {
      ports: Object.entries(workload.ports).map(([name, { number }]) => ({ name, containerPort: number, protocol: 'TCP' })),
    }),
    ...probesOf(workload),
    resources: workload.resources,
  }
}

function stepContainer(step: InitStep, common: Common): object {
  const { workload, cluster, resolver } = common
  const { image, command } = containerProgram(step.program ?? workload.program, workload.component, cluster)
  return {
    name: step.name,
    ...container(common, image),
    command,
    args: step.args.map((value) => resolver.argument(value)),
    resources: workload.resources,
  }
}

function container({ mounts, environment }: Common, image: string): object {
  return {
    image,
    imagePullPolicy: 'IfNotPresent',
    env: environment,
    volumeMounts: mounts.map(({ volume, mountPath, readOnly }) => ({ name: volume.name, mountPath, ...(readOnly && { readOnly }) })),
    securityContext: CONTAINER_SECURITY,
    terminationMessagePolicy: 'FallbackToLogsOnError',
  }
}

const PROBE_VOLUME = 'health-probe'
const PROBE_MOUNT: Mount = { volume: { name: PROBE_VOLUME, emptyDir: {} }, mountPath: PROBE_FOLDER, readOnly: false }
const PROBE_RESOURCES: Resources = { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '64Mi' } }

/** Brings the health probe's binary: servers' images have none. */
function probeStep(cluster: Cluster): object {
  return {
    name: PROBE_VOLUME,
    image: pulledImage(cluster, cluster.settings.images.tools),
    imagePullPolicy: 'IfNotPresent',
    command: ['cp', '/usr/local/bin/grpc-health-probe', PROBE_FOLDER],
    volumeMounts: [{ name: PROBE_VOLUME, mountPath: PROBE_FOLDER }],
    securityContext: CONTAINER_SECURITY,
    resources: PROBE_RESOURCES,
  }
}
