import type { Workload } from '../../model/workload.ts'

/** What selects the pods of a workload. It never changes: selectors cannot. */
export function selectorLabels({ name }: Pick<Workload, 'name'>): Record<string, string> {
  return { 'app.kubernetes.io/name': name }
}

/** Kubernetes' recommended labels. No version: it would roll what it does not change. */
export function labelsOf({ name, component }: Pick<Workload, 'name' | 'component'>, platform: string): Record<string, string> {
  return { ...selectorLabels({ name }), 'app.kubernetes.io/component': component, ...commonLabels(platform) }
}

export function commonLabels(platform: string): Record<string, string> {
  return { 'app.kubernetes.io/part-of': platform, 'app.kubernetes.io/managed-by': 'sundial' }
}
