import type { Area } from '../../model/workload.ts'

/** Levels of Kubernetes' Pod Security Standards. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged'

interface Namespace {
  readonly level: PodSecurityLevel
  readonly description: string
}

/** Every namespace that the platform has. */
export const NAMESPACES = {
  argocd: { level: 'restricted', description: 'Argo CD, which brings the tree to the cluster' },
  'api-management': { level: 'restricted', description: 'Gravitee: the APIs as products' },
  gateway: { level: 'restricted', description: 'Where requests from outside come in' },
  identity: { level: 'restricted', description: 'Authentik: logs people in, gives programs their tokens' },
  // Its agents read the nodes' own files.
  logging: { level: 'privileged', description: 'Agents on every node, and what collects the logs' },
  monitoring: { level: 'restricted', description: 'Prometheus, Grafana, Jaeger and the OpenTelemetry Collector' },
  operators: { level: 'restricted', description: 'Operators of databases, search, telemetry and scaling' },
  security: { level: 'restricted', description: 'cert-manager, External Secrets and Vault' },
  'temporal-backend': { level: 'restricted', description: 'Temporal server, its Web UI and its databases' },
  'temporal-product': { level: 'restricted', description: 'Workers and APIs of the products' },
} as const satisfies Record<string, Namespace>

export type NamespaceName = keyof typeof NAMESPACES

export function isNamespace(name: string): name is NamespaceName {
  return Object.hasOwn(NAMESPACES, name)
}

const NAMESPACE_OF_AREA: Readonly<Record<Exclude<Area, 'outside'>, NamespaceName>> = {
  backend: 'temporal-backend',
  product: 'temporal-product',
  identity: 'identity',
}

/** The namespace of an area. Nothing that is outside has one. */
export function namespaceOf(area: Area): NamespaceName {
  if (area === 'outside') throw new Error('what is outside has no namespace')
  return NAMESPACE_OF_AREA[area]
}
