import type { Plan } from '../../model/plan.ts'
import type { KubernetesSettings } from '../../model/settings/kubernetes.ts'

export const JAEGER_QUERY_PORT = 16_686
export const JAEGER_OTLP_PORT = 4317
export const JAEGER_QUERY_URL = `http://jaeger.monitoring.svc:${JAEGER_QUERY_PORT}`

/** Traces are kept here where something is traced, and nobody else takes them. */
export function jaegerIsHere({ plan, settings }: { readonly plan: Plan; readonly settings: KubernetesSettings }): boolean {
  const { enabled, external } = plan.platform.tracing
  return enabled && !external && settings.systems.jaeger.run === 'here'
}
