import type { Cursor } from './cursor.ts'

/** Where an object is that names no namespace. */
const DEFAULT_NAMESPACE = 'default'

export function groupOf(at: Cursor): string {
  const version = at.get('apiVersion').text ?? ''
  return version.includes('/') ? version.slice(0, version.indexOf('/')) : ''
}

export function kindOf(at: Cursor): string {
  return at.get('kind').text ?? ''
}

/** Group and kind, such as `apps/Deployment` and `/Service`. */
export function kindKey(at: Cursor): string {
  return `${groupOf(at)}/${kindOf(at)}`
}

export function nameOf(at: Cursor): string {
  return at.get('metadata', 'name').text ?? ''
}

export function namespaceOf(at: Cursor): string {
  return at.get('metadata', 'namespace').text ?? DEFAULT_NAMESPACE
}

/** An object as people call it, such as `Deployment temporal-backend/temporal-frontend`. */
export function shownObject(at: Cursor): string {
  const namespace = at.get('metadata', 'namespace').text
  return `${kindOf(at) || 'object'} ${namespace === undefined ? '' : `${namespace}/`}${nameOf(at) || '(no name)'}`
}
