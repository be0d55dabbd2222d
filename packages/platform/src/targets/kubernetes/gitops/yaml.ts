import { dump } from 'js-yaml'
import type { KubernetesObject } from '../object.ts'

const OPTIONS = { lineWidth: -1, noRefs: true } as const
/** The first line of every rendered file. */
export const RENDERED = '# Written by `./sundial render`. Change the configuration, and render again.'

/** A document as people read it: keys in their order, nothing folded, nothing by reference. */
export function document(content: unknown): string {
  return `${RENDERED}\n${dump(content, OPTIONS)}`
}

/** Objects one after the other, as `kubectl apply -f -` takes them. */
export function objectsAsYaml(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => `---\n${dump(object, OPTIONS)}`).join('')
}
