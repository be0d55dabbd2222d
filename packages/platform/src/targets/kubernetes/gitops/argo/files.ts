import type { KubernetesObject } from '../../object.ts'
import type { OutputFile } from '../output-file.ts'
import { fileName, kustomization } from '../files.ts'
import { document } from '../yaml.ts'
import type { ArgoApplications } from './index.ts'

/** The applications of an environment as a folder. In `bootstrap` is what people apply once, and the values by which they install Argo CD before. */
export function argoFiles(environment: string, { bootstrap, applications, argo }: ArgoApplications): OutputFile[] {
  const folder = `applications/${environment}`
  return [
    kustomization(folder, { resources: ['bootstrap', ...applications.map(fileName)] }),
    ...written(folder, applications),
    kustomization(`${folder}/bootstrap`, { resources: bootstrap.map(fileName) }),
    ...written(`${folder}/bootstrap`, bootstrap),
    ...(argo ? [{ path: `${folder}/bootstrap/values.yaml`, content: `${installHint(argo)}${document(argo.values)}` }] : []),
  ]
}

function written(folder: string, objects: readonly KubernetesObject[]): OutputFile[] {
  return objects.map((object) => ({ path: `${folder}/${fileName(object)}`, content: document(object) }))
}

function installHint({ name, chart, namespace }: NonNullable<ArgoApplications['argo']>): string {
  return [
    '# For the first time, from this folder:',
    `#   helm install ${name} ${chart.name} --repo ${chart.repository} --version ${chart.version} --namespace ${namespace} --create-namespace --values values.yaml`,
    '#   kubectl apply -k .',
    '',
  ].join('\n')
}
