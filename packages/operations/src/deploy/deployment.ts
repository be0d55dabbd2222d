import type { Manifest } from '../kubernetes/manifest.ts'

/** What is to be in a cluster. */
export interface Deployment {
  readonly platform: string
  readonly environment: string
  readonly objects: readonly Manifest[]
  /** Settings that can never be changed once there are data, by path. */
  readonly fixedSettings: Readonly<Record<string, number>>
  /** Where it is written down what was applied: one of the namespaces among the objects. */
  readonly inventoryNamespace: string
}

export type Action = 'created' | 'changed' | 'unchanged' | 'removed'

/** What became of one object. */
export interface Change {
  readonly action: Action
  readonly object: Pick<Manifest, 'apiVersion' | 'kind'> & { readonly metadata: { readonly name: string; readonly namespace?: string } }
}

/** What is happening, for people: nothing depends on it. */
export interface DeployProgress {
  readonly wave: number
  readonly waves: number
  readonly message: string
}
