import { referencesOf } from '../../../model/references.ts'
import type { Secret } from '../../../model/resources.ts'
import { workloadsOf } from '../../../model/plan.ts'
import type { Reference } from '../../../model/values.ts'
import { ours, type Cluster } from '../cluster.ts'
import type { Directory } from '../directory.ts'
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

/** Each secret of the plan in each namespace where a workload or a managed service reads it, in one form. */
export function secretUses({ plan }: Cluster, { adapted }: Directory): SecretUse[] {
  const secrets = new Map(plan.secrets.map((secret) => [secret.name, secret]))
  const uses = new Map<string, SecretUse>()
  const add = (name: string, namespace: string, form?: SecretForm): void => {
    const secret = secrets.get(name)
    if (!secret) throw new Error(`nothing makes the secret "${name}"`)
    const key = `${namespace}/${name}`
    const known = uses.get(key)?.form
    uses.set(key, { secret, namespace, ...((form ?? known) && { form: form ?? known }) })
  }
  for (const workload of workloadsOf(plan).filter(({ runs }) => runs !== 'task'))
    for (const { reference } of referencesOf(workload)) {
      const name = secretNamed(reference)
      if (name !== undefined) add(name, namespaceOf(workload.area))
    }
  for (const { service, adaptation } of adapted)
    for (const { name, namespace, form } of adaptation.secrets ?? []) add(name, namespace ?? namespaceOf(service.area), form)
  return [...uses.values()]
}

function secretNamed(reference: Reference): string | undefined {
  if (reference.ref === 'secret') return reference.name
  if (reference.ref !== 'path') return undefined
  return reference.of.kind === 'secret' || reference.of.kind === 'secret-folder' ? reference.of.name : undefined
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
