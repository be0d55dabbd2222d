import type { KubernetesObject } from '@sundial/platform/kubernetes'

// What a kubelet reads of pods, as far as a test needs it.

export interface Container {
  readonly name: string
  readonly command: readonly string[]
  readonly args?: readonly string[]
  readonly env: readonly EnvironmentVariable[]
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[]
  readonly readinessProbe?: { readonly exec?: { readonly command: readonly string[] } }
}

export interface EnvironmentVariable {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string }; readonly fieldRef?: { readonly fieldPath: string } }
}

export interface VolumeSource {
  readonly configMap?: { readonly name: string }
  readonly secret?: { readonly secretName?: string; readonly name?: string }
}

export interface Volume extends VolumeSource {
  readonly name: string
  readonly projected?: { readonly sources: readonly VolumeSource[] }
}

export interface PodSpec {
  readonly initContainers?: readonly Container[]
  readonly containers: readonly [Container]
  readonly volumes: readonly Volume[]
  readonly terminationGracePeriodSeconds: number
}

export interface Workload extends KubernetesObject {
  readonly spec: { readonly template: { readonly spec: PodSpec } }
}

export interface ConfigMap extends KubernetesObject {
  readonly data: Readonly<Record<string, string>>
}

export interface Certificate extends KubernetesObject {
  readonly spec: {
    readonly secretName: string
    readonly commonName: string
    readonly dnsNames: readonly string[]
    readonly usages: readonly string[]
    readonly issuerRef: { readonly name: string }
  }
}
