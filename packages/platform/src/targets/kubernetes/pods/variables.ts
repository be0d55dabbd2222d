import type { Workload } from '../../../model/workload.ts'
import { POD_IP, type PodResolver } from '../resolve.ts'
import type { ConfigText } from './config-files.ts'

/** Variables that only stand in a file's template begin so: no program reads them by themselves. */
export const SECRET_VARIABLE_PREFIX = 'SUNDIAL_SECRET_'

/** One variable of a container, in Kubernetes' form. */
export type EnvironmentVariable =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly valueFrom: { readonly secretKeyRef: { readonly name: string; readonly key: string } } }
  | { readonly name: string; readonly valueFrom: { readonly fieldRef: { readonly fieldPath: string } } }

/** The pod's own address comes first: later variables may contain it. */
export function environmentOf(workload: Workload, resolver: PodResolver, texts: readonly ConfigText[]): EnvironmentVariable[] {
  const own = Object.entries(workload.env).map(([name, value]): EnvironmentVariable => {
    const resolved = resolver.value(value)
    return typeof resolved === 'string' ? { name, value: resolved } : fromSecret(name, resolved.secret)
  })
  const inFiles = texts.filter(({ filledBy }) => filledBy === 'program').flatMap(({ secrets }) => Object.entries(secrets))
  return [podAddress, ...own, ...inFiles.map(([name, secret]) => fromSecret(name, secret))]
}

const podAddress: EnvironmentVariable = { name: POD_IP, valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }

function fromSecret(name: string, secret: { readonly name: string; readonly key: string }): EnvironmentVariable {
  return { name, valueFrom: { secretKeyRef: { name: secret.name, key: secret.key } } }
}
