/** `fulfil-order` as `FulfilOrder`: for names of operations and schemas, from which clients are generated. */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('')
}
