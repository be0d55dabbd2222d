import type { KubernetesObject } from '@sundial/platform/kubernetes'

/** One machine that stands in for a cluster: every pod is some processes, and has an address of loopback. */
export interface Machine {
  readonly objects: readonly KubernetesObject[]
  readonly folder: string
  /** The pods' own. Their ports are what they are in the cluster. */
  readonly address: string
  /** Files with the roots of trust domains; their keys stand beside them. */
  readonly roots: Readonly<Record<string, string>>
  /** Values of secrets, by name and key. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Programs of images, by their names there. */
  readonly programs: Readonly<Record<string, string>>
  /** A text with addresses and paths of this machine in place of the cluster's, and nothing else. */
  replaced(text: string, root: string): string
}

/** Names and addresses of the cluster, with what stands in for each. */
export function replacer(addresses: Readonly<Record<string, string>>): Machine['replaced'] {
  return (text, root) => Object.entries({ ...addresses, '/etc/sundial/': `${root}/etc/sundial/` }).reduce((so, [from, to]) => so.replaceAll(from, to), text)
}
