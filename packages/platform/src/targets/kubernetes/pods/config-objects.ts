import type { Workload } from '../../../model/workload.ts'
import { ours, type Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../object.ts'
import { namespaceOf } from '../namespaces.ts'
import { filledFile } from '../secrets/filled-file.ts'
import { shortHash, type ConfigText } from './config-files.ts'

/** The objects that hold a workload's configuration files. */
export interface ConfigObjects {
  /** Read once: with other content it has another name, so that pods are replaced. */
  readonly once?: KubernetesObject
  /** Files that External Secrets completes: named in the same way. */
  readonly secret?: KubernetesObject
  /** Read again while the program runs: its name stays. */
  readonly live?: KubernetesObject
}

export function configObjects(workload: Workload, texts: readonly ConfigText[], cluster: Cluster): ConfigObjects {
  const namespace = namespaceOf(workload.area)
  const plain = texts.filter(({ filledBy, reloadedFrom }) => filledBy !== 'external-secrets' && reloadedFrom === undefined)
  const completed = texts.filter(({ filledBy }) => filledBy === 'external-secrets')
  const live = texts.filter(({ reloadedFrom }) => reloadedFrom !== undefined)
  const configMap = (name: string, files: readonly ConfigText[], immutable: boolean): KubernetesObject =>
    ours(cluster, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, ...(immutable && { immutable }), data: dataOf(files) })
  return {
    ...(plain.length > 0 && { once: configMap(`${workload.name}-config-${shortHash(dataOf(plain))}`, plain, true) }),
    ...(completed.length > 0 && {
      secret: filledFile({ name: `${workload.name}-config-${shortHash(dataOf(completed))}`, namespace, texts: completed }, cluster),
    }),
    ...(live[0]?.reloadedFrom !== undefined && { live: configMap(live[0].reloadedFrom, live, false) }),
  }
}

function dataOf(texts: readonly ConfigText[]): Record<string, string> {
  return Object.fromEntries(texts.map(({ name, text }) => [name, text]))
}
