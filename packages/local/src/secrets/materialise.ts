import type { SecretText, Text, Tree } from '@sundial/platform/process'

/** Gives the content of a secret. */
export type ReadSecret = (secret: SecretText['secret']) => string

/** What a secret is known by within a plan. */
export function secretId({ name, key }: SecretText['secret']): string {
  return `${name}/${key}`
}

/** A tree with every secret in its place: it must not be logged. */
export type PlainTree = string | number | boolean | null | readonly PlainTree[] | { readonly [key: string]: PlainTree }

export function materialiseText(text: Text, readSecret: ReadSecret): string {
  return typeof text === 'string' ? text : readSecret(text.secret)
}

/** Puts secrets in, and leaves keys without a value out. */
export function materialise(tree: Tree, readSecret: ReadSecret): PlainTree {
  if (tree === null || typeof tree !== 'object') return tree
  if (isList(tree)) return tree.map((item) => materialise(item, readSecret))
  if (isSecretText(tree)) return readSecret(tree.secret)
  return Object.fromEntries(Object.entries(tree).flatMap(([key, value]) => (value === undefined ? [] : [[key, materialise(value, readSecret)]])))
}

function isList(tree: object): tree is readonly Tree[] {
  return Array.isArray(tree)
}

/** A secret is an object with that one key and exactly a name and a key in it, which no program's own configuration has. */
function isSecretText(tree: object): tree is SecretText {
  if (Object.keys(tree).join() !== 'secret' || !('secret' in tree)) return false
  const { secret } = tree
  if (typeof secret !== 'object' || secret === null || Object.keys(secret).toSorted().join() !== 'key,name') return false
  return Object.values(secret).every((value) => typeof value === 'string')
}
