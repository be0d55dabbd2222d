import { pascalCase } from '../checks/names.ts'
import { commentText } from './json-schema-types.ts'

/** `change-address` as `changeAddress`: such a name needs no quotes. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name)
  return pascal.charAt(0).toLowerCase() + pascal.slice(1)
}

/** By the names of the client, which are one for each name of the contract. */
export function record(names: readonly string[], value: (name: string) => string): string {
  return names.length === 0 ? '{}' : `{ ${names.map((name) => `${camelCase(name)}: ${value(name)}`).join(', ')} }`
}

/** A member of an interface, with what it is for. */
export function member(indent: string, description: string | undefined, text: string): string {
  return `${description === undefined ? '' : `${indent}/** ${commentText(description)} */\n`}${indent}${text}`
}

/** An interface within another one; nothing when it is empty. */
export function group(name: string, members: readonly string[]): string[] {
  return members.length === 0 ? [] : [`  readonly ${name}: {\n${members.join('\n')}\n  }`]
}
