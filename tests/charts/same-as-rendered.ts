import type { KubernetesObject } from '@sundial/platform/kubernetes'

type Tree = { readonly [key: string]: unknown }

/** Labels that say who brought an object, and with what. */
const WHO_BROUGHT_IT = ['app.kubernetes.io/managed-by', 'helm.sh/chart']
/** Argo CD's order. A chart's objects come at once. */
const WAVE = 'argocd.argoproj.io/sync-wave'
/** Lists in which the order of items says nothing: variables of a container that refer to no other, ports, and the rules of policies. */
const UNORDERED = new Set(['env', 'ports', 'ingress', 'egress', 'from', 'to', 'volumes', 'volumeMounts'])
/** A policy is labelled as what it is for only by charts: the platform's renderer makes one for pods of whoever it is. */
const LABELS_OF_POLICIES = ['app.kubernetes.io/name', 'app.kubernetes.io/component']

/** An object without what a chart and the platform's renderer say differently, and mean not to. */
export function comparable({ metadata: { labels, annotations, ...metadata }, ...object }: KubernetesObject): unknown {
  const dropped = object.kind === 'NetworkPolicy' ? [...WHO_BROUGHT_IT, ...LABELS_OF_POLICIES] : WHO_BROUGHT_IT
  return ordered({ ...object, metadata: { ...metadata, labels: without(labels, dropped), annotations: without(annotations, [WAVE]) } })
}

function ordered(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => ordered(item))
    return UNORDERED.has(key) ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value as Tree).filter(([name]) => !WHO_BROUGHT_IT.includes(name))
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, child]) => [name, ordered(child, name)]))
}

function without(given: Tree = {}, names: readonly string[]): Tree {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)))
}
