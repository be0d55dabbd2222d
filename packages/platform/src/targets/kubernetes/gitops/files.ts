import type { KubernetesObject } from '../object.ts'
import type { OutputFile } from './output-file.ts'
import { document } from './yaml.ts'

export function kustomization(path: string, content: object): OutputFile {
  return { path: `${path}/kustomization.yaml`, content: document({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...content }) }
}

export function fileName({ kind, metadata }: KubernetesObject): string {
  return `${kind.toLowerCase()}-${metadata.name.replaceAll(/[^a-z0-9.-]/g, '-')}.yaml`
}
