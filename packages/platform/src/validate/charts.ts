import type { Cursor } from './cursor.ts'
import { nameOf } from './object-names.ts'
import type { Tree } from './tree.ts'

/** Whether a chart is installed in a namespace: nobody sees its objects here, so what is missing there may be the chart's. */
export function hasChart(tree: Tree, namespace: string): boolean {
  if (tree.options.charts?.includes(namespace)) return true
  return tree
    .of('argoproj.io', 'Application')
    .some((at) => at.get('spec', 'destination', 'namespace').text === namespace && sourcesOf(at).some((source) => source.get('chart').exists))
}

/** Sources of an Application of Argo CD. */
export function sourcesOf(application: Cursor): Cursor[] {
  return [application.get('spec', 'source'), ...application.get('spec', 'sources').items].filter(({ exists }) => exists)
}

/** Services that operators make, by namespace and name, with the port that they serve. */
export function operatorServices(tree: Tree, namespace: string): ReadonlyMap<string, number> {
  const inNamespace = (group: string, kind: string) => tree.of(group, kind).filter((at) => at.get('metadata', 'namespace').text === namespace)
  return new Map([
    ...inNamespace('postgresql.cnpg.io', 'Cluster').flatMap((at) => ['rw', 'ro', 'r'].map((suffix) => [`${nameOf(at)}-${suffix}`, POSTGRESQL_PORT] as const)),
    ...inNamespace('elasticsearch.k8s.elastic.co', 'Elasticsearch').map((at) => [`${nameOf(at)}-es-http`, ELASTICSEARCH_PORT] as const),
  ])
}

const POSTGRESQL_PORT = 5432
const ELASTICSEARCH_PORT = 9200
/** Labels of pods that operators make, by what they begin with. */
export const OPERATOR_LABELS = /^(cnpg\.io|elasticsearch\.k8s\.elastic\.co|common\.k8s\.elastic\.co|app\.kubernetes\.io\/managed-by)(\/|$)/
