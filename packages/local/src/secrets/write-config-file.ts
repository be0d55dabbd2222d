import type { ProcessFile } from '@sundial/platform/process'
import { stringify } from 'yaml'
import { writeFileAtomically } from '../state/private-files.ts'
import { materialise, type PlainTree, type ReadSecret } from './materialise.ts'

/** Writes a configuration file in one step, mode 0600, since secrets may stand in it. */
export async function writeConfigFile(file: ProcessFile, readSecret: ReadSecret): Promise<void> {
  await writeFileAtomically(file.path, serialise(file.format, materialise(file.content, readSecret)))
}

function serialise(format: ProcessFile['format'], content: PlainTree): string {
  if (format === 'json') return `${JSON.stringify(content, undefined, 2)}\n`
  if (format === 'lines') return lines(content)
  // Every text in quotes: parsers of YAML 1.1 read yes, 012 and 1_000 otherwise than those of 1.2. No aliases, no folded lines.
  return stringify(content, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', aliasDuplicateObjects: false, lineWidth: 0 })
}

function lines(content: PlainTree): string {
  if (!Array.isArray(content)) throw new Error('a file of lines is a list')
  return content.map((line) => `${String(line)}\n`).join('')
}
