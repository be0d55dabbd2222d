import type { Cursor } from './cursor.ts'
import { containersOf } from './pods.ts'
import type { Tree } from './tree.ts'

/** Every image that is written somewhere: of containers, and of objects whose operators start pods. */
export function imagesOf(tree: Tree): Cursor[] {
  return [
    ...tree.pods.flatMap((pods) => containersOf(pods).map((container) => container.get('image'))),
    ...tree.of('postgresql.cnpg.io', 'Cluster').map((at) => at.get('spec', 'imageName')),
    ...tree.of('elasticsearch.k8s.elastic.co', 'Elasticsearch').map((at) => at.get('spec', 'image')),
    ...tree.of('opentelemetry.io', 'OpenTelemetryCollector').map((at) => at.get('spec', 'image')),
  ].filter(({ text }) => text !== undefined)
}

export interface ImageParts {
  readonly tag?: string
  readonly digest?: string
}

export function imageParts(image: string): ImageParts {
  const [rest = '', digest] = image.split('@')
  const tag = /:([^:/]+)$/.exec(rest)?.[1]
  return { ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) }
}
