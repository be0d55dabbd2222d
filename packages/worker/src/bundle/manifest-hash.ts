import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import type { Contract } from '@sundial/contract'
import { manifestTree } from './manifest-tree.ts'

const require = createRequire(import.meta.url)

/** Changes when anything that the sandbox knows of the contract does, or what compiles it. Takes a tenth of the time of compiling. */
export function manifestHash(contract: Contract): string {
  const { tree, schemas } = manifestTree(contract)
  const compilers = ['ajv', 'ajv-formats'].map((name) => (require(`${name}/package.json`) as { version: string }).version)
  const content = { tree, received: [...schemas.received], sent: [...schemas.sent], compilers }
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
}
