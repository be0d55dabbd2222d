import type { Workload } from '../../../model/workload.ts'
import type { ConfigText } from '../pods/config-files.ts'
import { environmentOf } from '../pods/variables.ts'
import type { PodResolver } from '../resolve.ts'

/** The reloader replaces a workload's pods when one of these secrets changes. */
const RELOAD_SECRETS = 'secret.reloader.stakater.com/reload'

/** A variable is read once. What is read from files is read again by the programs themselves. */
export function reloadAnnotations(workload: Workload, resolver: PodResolver, texts: readonly ConfigText[]): { readonly annotations?: Record<string, string> } {
  const names = environmentOf(workload, resolver, texts).flatMap((variable) =>
    'valueFrom' in variable && 'secretKeyRef' in variable.valueFrom ? [variable.valueFrom.secretKeyRef.name] : [],
  )
  return names.length === 0 ? {} : { annotations: { [RELOAD_SECRETS]: [...new Set(names)].sort().join(',') } }
}
