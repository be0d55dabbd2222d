import type { Contract, JsonSchema } from '@sundial/contract'
import addFormats from 'ajv-formats'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { CheckReference, type Direction } from './check-collection.ts'
import { manifestTree } from './manifest-tree.ts'

/** CommonJS modules by file name; `manifest.cjs` exports the manifest. */
export type ManifestFiles = Readonly<Record<string, string>>

/** Writes the manifest of a contract as source, with a validator for every schema compiled ahead. */
export function manifestFiles(contract: Contract): ManifestFiles {
  const { tree, schemas } = manifestTree(contract)
  return {
    'received.cjs': compile('received', schemas.received),
    'sent.cjs': compile('sent', schemas.sent),
    'manifest.cjs': `'use strict'\nconst received = require('./received.cjs')\nconst sent = require('./sent.cjs')\nexports.manifest = ${source(tree)}\n`,
  }
}

function compile(direction: Direction, schemas: ReadonlyMap<string, JsonSchema>): string {
  const ajv = new Ajv2020({
    useDefaults: direction === 'received',
    // A caller wants to hear of everything that is wrong; what is too long to process is limited by the size of a payload.
    allErrors: true,
    // Libraries add keywords and formats of their own, which say nothing more than a pattern beside them.
    strict: false,
    logger: false,
    code: { source: true },
  })
  addFormats.default(ajv)
  for (const [id, schema] of schemas) ajv.addSchema(schema, id)
  return standaloneCode.default(ajv, Object.fromEntries([...schemas.keys()].map((id) => [id, id])))
}

function source(value: unknown): string {
  if (value instanceof CheckReference) return `${value.direction}.${value.id}`
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `{ ${entries.map(([key, inner]) => `${JSON.stringify(key)}: ${source(inner)}`).join(', ')} }`
}
