import type { KubernetesSettings } from '../../../../model/settings/kubernetes.ts'
import type { NamespaceName } from '../../namespaces.ts'

export const ARGO_NAMESPACE: NamespaceName = 'argocd'
/** The cluster that Argo CD itself is in. */
export const SERVER = 'https://kubernetes.default.svc'
/** An application is called after its unit, so that none is called like a chart. */
export const unitApplication = (unit: string): string => `unit-${unit}`

export type Repository = NonNullable<KubernetesSettings['repository']>
