import { readFile } from 'node:fs/promises'
import { extname, relative } from 'node:path'
import { type Diagnostic, SundialError } from '@sundial/platform'
import { loadTypescript } from './load-typescript.ts'
import type { Project } from './project.ts'
import { readContracts } from './read-contracts.ts'
import { typescriptTree } from './read-typescript-tree.ts'
import { readYaml } from './read-yaml.ts'
import type { SourceNode } from './source-tree.ts'

/** A configuration as it is written, in either form; nothing is checked yet but that it could be read. */
export interface LoadedConfig {
  /** The file as messages show it: seen from the working folder. */
  readonly file: string
  readonly text: string
  readonly input: unknown
  /** What was found while it was read, by setting. */
  readonly problems: readonly Diagnostic[]
  /** Where its settings are written, if that can be told. */
  tree(): Promise<SourceNode | undefined>
}

/** @throws SundialError `SUN_CONFIG_UNREADABLE` */
export async function loadConfig({ configFile, folder }: Project): Promise<LoadedConfig> {
  const file = relative(process.cwd(), configFile)
  const text = await readText(configFile, file)
  if (extname(configFile) !== '.yaml') {
    return { file, text, input: await loadTypescript(configFile), problems: [], tree: () => typescriptTree(configFile, text) }
  }
  const { value, tree, problems } = readYaml({ text, file })
  const contracts = await readContracts(value, folder)
  // A value that may not be written that way is not followed either.
  const others = contracts.problems.filter(({ path }) => !problems.some((problem) => problem.path === path))
  return { file, text, input: contracts.value, problems: [...problems, ...others], tree: () => Promise.resolve(tree) }
}

async function readText(path: string, file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path))
  } catch (error) {
    const why = error instanceof TypeError ? 'it is not UTF-8' : error instanceof Error ? error.message : String(error)
    throw new SundialError('SUN_CONFIG_UNREADABLE', `${file} could not be read: ${why}`, { hint: 'Make it a readable text file in UTF-8.', cause: error })
  }
}
