import { ours } from '../cluster.ts'
import type { KubernetesObject } from '../object.ts'
import { shortHash } from '../pods/config-files.ts'
import { podTemplate, type PodParts } from '../pods/pod-template.ts'
import { metadataOf } from './service-objects.ts'

/** Tries before a job is given up: its database may take a while to be there. */
const TRIES = 10

/**
 * A job's pod template cannot be changed. With another one it has another name, so it is a new job: the old one is removed with what is no longer in the tree,
 * and whoever applies the same tree again changes nothing. No time to live: a job that is gone would be made again.
 */
export function jobObject(parts: PodParts): KubernetesObject {
  const { workload, cluster } = parts
  const template = podTemplate(parts)
  const metadata = metadataOf(workload, cluster)
  return ours(cluster, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadata, name: `${workload.name}-${shortHash(template)}` },
    spec: { backoffLimit: TRIES, completions: 1, parallelism: 1, template },
  })
}
