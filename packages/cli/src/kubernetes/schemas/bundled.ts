import type { AnyObject, SchemaProblem } from '@sundial/platform/validate'
import type { ErrorObject } from 'ajv'
import { DEFAULTED_FIELDS } from './defaulted-fields.ts'
import { NEWER_FIELDS } from './newer-fields.ts'
import { problemsOf, unknownField } from './ajv-problems.ts'
import { ReadFields } from './read-fields.ts'

export type Check = (object: AnyObject) => readonly SchemaProblem[]

/** Which package has the kinds of a group of others' definitions; Kubernetes' own are in one of their own. */
const PACKAGES: Readonly<Record<string, string>> = {
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'acme.cert-manager.io': '@kubernetes-models/cert-manager',
  'trust.cert-manager.io': '@kubernetes-models/cert-manager',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'generators.external-secrets.io': '@kubernetes-models/external-secrets',
  'argoproj.io': '@kubernetes-models/argo-cd',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
  'elasticsearch.k8s.elastic.co': '@kubernetes-models/elastic-cloud',
  'keda.sh': '@kubernetes-models/keda',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'opentelemetry.io': '@kubernetes-models/opentelemetry-operator',
}
const KUBERNETES = 'kubernetes-models'
/** Groups of Kubernetes itself: one word, or below k8s.io. */
const OWN_GROUP = /^([a-z]+|[a-z.]+\.k8s\.io)$/

interface Validator {
  validate(): void
}

/** How objects of a kind are checked, by definitions that come with this command. */
export async function bundledCheck(apiVersion: string, kind: string): Promise<Check | undefined> {
  const slash = apiVersion.indexOf('/')
  const group = apiVersion.slice(0, Math.max(0, slash))
  const name = PACKAGES[group] ?? (slash === -1 || OWN_GROUP.test(group) ? KUBERNETES : undefined)
  if (name === undefined || !/^[\w.-]+(\/\w+)?$/.test(apiVersion) || !/^\w+$/.test(kind)) return undefined
  try {
    const module = (await import(`${name}/${apiVersion}/${kind}`)) as Readonly<Record<string, { readonly prototype: Validator }>>
    const model = module[kind]
    return model && ((object) => check(model.prototype, object))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined
    throw error
  }
}

function check(validator: Validator, object: AnyObject): SchemaProblem[] {
  const fields = new ReadFields()
  const problems = problemsOf(errorsOf(validator, fields.watch(object)), object).filter((problem) => !mayBeMissing(object, problem))
  // The definitions were written without the fields of this name.
  const unknown = fields.unread().filter(({ path }) => path.at(-1) !== 'description' && !isNewer(object, path))
  return [...problems, ...unknown.map(({ path, known }) => unknownField(path, known))]
}

function errorsOf(validator: Validator, value: unknown): readonly ErrorObject[] {
  try {
    validator.validate.call(value)
    return []
  } catch (error) {
    const { errors } = error as { readonly errors?: readonly ErrorObject[] }
    if (!errors) throw error
    return errors
  }
}

/** What has a default; and what objects within objects are, such as the claims of a StatefulSet. */
function mayBeMissing(object: AnyObject, { path, message }: SchemaProblem): boolean {
  if (message !== 'is missing') return false
  const last = path.at(-1)
  return (path.length > 1 && (last === 'apiVersion' || last === 'kind')) || (DEFAULTED_FIELDS[kindOf(object)]?.includes(shownPath(path)) ?? false)
}

function isNewer(object: AnyObject, path: readonly (string | number)[]): boolean {
  const shown = shownPath(path)
  return NEWER_FIELDS[kindOf(object)]?.some((field) => shown === field || shown.startsWith(`${field}.`)) ?? false
}

/** A path as the tables have it: whatever a list holds is `*`. */
function shownPath(path: readonly (string | number)[]): string {
  return path.map((key) => (typeof key === 'number' ? '*' : key)).join('.')
}

function kindOf({ apiVersion, kind }: AnyObject): string {
  return `${String(apiVersion).split('/')[0]} ${String(kind)}`
}
