import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ContractManifest } from '@sundial/contract'
import { SundialError } from '@sundial/platform'

export const MANIFEST_FILE = 'manifest.json'

/** Says what the file is, and changes when what is in it means something else. */
const FORMAT = 'sundial-contract/1'

export function manifestText(manifest: ContractManifest): string {
  return `${JSON.stringify({ format: FORMAT, ...manifest }, undefined, 2)}\n`
}

/**
 * The manifests of a file, of a folder with one, or of a folder whose folders have one each; by the name of the contract.
 * @throws SundialError `SUN_CONTRACT_UNREADABLE`
 */
export async function readManifests(path: string): Promise<ReadonlyMap<string, ContractManifest>> {
  const manifests = await Promise.all((await manifestPaths(path)).map(readManifest))
  return new Map(manifests.map((manifest) => [manifest.name, manifest]))
}

async function manifestPaths(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw unreadable(`${path} is not there`)
  if (!found.isDirectory()) return [path]
  const folders = ['.', ...(await readdir(path)).toSorted()]
  const files = folders.map((name) => join(path, name, MANIFEST_FILE)).filter((file) => existsSync(file))
  if (files.length === 0) throw unreadable(`neither ${path} nor a folder in it has a ${MANIFEST_FILE}`)
  return files
}

async function readManifest(file: string): Promise<ContractManifest> {
  const { format, ...manifest } = await parse(file)
  if (format !== FORMAT) throw unreadable(`${file} has the format ${JSON.stringify(format)}; known is "${FORMAT}"`)
  return manifest as unknown as ContractManifest
}

async function parse(file: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch (error) {
    throw unreadable(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function unreadable(message: string): SundialError {
  return new SundialError('SUN_CONTRACT_UNREADABLE', message, {
    hint: `Name a ${MANIFEST_FILE} that ./sundial contract build wrote, or the folder that it wrote into.`,
  })
}
