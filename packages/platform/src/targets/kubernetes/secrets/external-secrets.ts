import { referencesOf } from '../../../model/references.ts'
import type { Secret } from '../../../model/resources.ts'
import type { Workload } from '../../../model/workload.ts'
import { ours, type Cluster } from '../cluster.ts'
import { namespaceOf } from '../namespaces.ts'
import type { KubernetesObject } from '../object.ts'
import { EXTERNAL_SECRET, vaultKey, vaultValue } from './vault.ts'

/** The form that a secret has in a namespace: an operator may want a type, labels, or a value beside those in Vault. */
export interface SecretForm {
  readonly type: string
  readonly labels?: Readonly<Record<string, string>>
  readonly fixed: Readonly<Record<string, string>>
}

export interface SecretUse {
  readonly secret: Secret
  readonly namespace: string
  readonly form?: SecretForm
}

/** Each secret in each namespace where somebody reads it. */
export function secretUses(secrets: readonly Secret[], workloads: readonly Workload[]): SecretUse[] {
  const used = new Map<string, Set<string>>()
  for (const workload of workloads)
    for (const { reference } of referencesOf(workload)) {
      const name = reference.ref === 'secret' ? reference.name : reference.ref === 'path' && 'name' in reference.of ? secretOf(reference.of) : undefined
      if (name !== undefined) used.set(name, (used.get(name) ?? new Set()).add(namespaceOf(workload.area)))
    }
  return secrets.flatMap((secret) => [...(used.get(secret.name) ?? [])].sort().map((namespace) => ({ secret, namespace })))
}

function secretOf(of: { readonly kind: string; readonly name: string }): string | undefined {
  return of.kind === 'secret' || of.kind === 'secret-folder' ? of.name : undefined
}

/** Brings a secret from Vault into a namespace. */
export function externalSecret({ secret, namespace, form }: SecretUse, cluster: Cluster): KubernetesObject {
  const keys = Object.keys(secret.keys)
  const template = form && {
    template: {
      engineVersion: 'v2',
      mergePolicy: 'Replace',
      type: form.type,
      ...(form.labels && { metadata: { labels: form.labels } }),
      data: { ...form.fixed, ...Object.fromEntries(keys.map((key) => [key, `{{ .${variable(key)} }}`])) },
    },
  }
  return ours(cluster, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: secret.name, namespace },
    spec: {
      ...EXTERNAL_SECRET,
      target: { name: secret.name, creationPolicy: 'Owner', deletionPolicy: 'Retain', ...template },
      data: keys.map((key) => vaultValue(form ? variable(key) : key, vaultKey(cluster, secret.name), key)),
    },
  })
}

/** A name that a template can say. */
const variable = (key: string): string => key.replaceAll(/[^A-Za-z0-9]/g, '_')
