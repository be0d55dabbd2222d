import { ELASTICSEARCH } from '../names.ts'

export const NAMESPACE = 'temporal-backend'
/** What the operator puts on every node's pod. */
export const CLUSTER_LABELS = { 'elasticsearch.k8s.elastic.co/cluster-name': ELASTICSEARCH } as const
/** The service that the operator makes for callers. */
export const HTTP_SERVICE = `${ELASTICSEARCH}-es-http`
