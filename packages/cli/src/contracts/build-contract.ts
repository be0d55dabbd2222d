import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { apiDocument } from '@sundial/api'
import { type Contract, contractManifest } from '@sundial/contract'
import { clientSource, joinRuntime, RUNTIME_FILES } from '@sundial/contract/client'
import { SundialError } from '@sundial/platform'
import { BUNDLE_FILES, BundleError, bundleWorkflows, type BundleWorkflowsOptions, manifestFiles } from '@sundial/worker'
import { workflowsOf } from './workflows-of.ts'
import { MANIFEST_FILE, manifestText } from './manifest-file.ts'

export interface ContractBuild {
  readonly application: string
  readonly contract: Contract
  /** The worker's module, beside which its workflows are. */
  readonly workerModule: string
  /** Where the files go. */
  readonly folder: string
}

export interface BuiltFile {
  readonly path: string
  readonly bytes: number
  readonly what: string
}

/**
 * Writes what other programs need of a contract: its manifest, the validators of the workflow sandbox, the bundles of its workflows, its OpenAPI
 * document and a TypeScript client.
 * @throws SundialError `SUN_CONTRACT_NOT_BUILT`
 */
export async function buildContract({ application, contract, workerModule, folder }: ContractBuild): Promise<BuiltFile[]> {
  const manifest = contractManifest(contract)
  const workflows = workflowsOf(application, workerModule)
  const bundle = async (tracing: boolean) => (await bundleOf({ contract, workflows, tracing })).code
  const files: readonly (readonly [name: string, what: string, content: string])[] = [
    [MANIFEST_FILE, 'the contract as data', manifestText(manifest)],
    ...Object.entries(manifestFiles(contract)).map(([name, content]) => [`validators/${name}`, 'what the workflow sandbox checks with', content] as const),
    [BUNDLE_FILES.off, 'its workflows, for a worker', await bundle(false)],
    [BUNDLE_FILES.on, 'the same, for one that traces', await bundle(true)],
    ['openapi.json', 'the document of the API', `${JSON.stringify(await apiDocument({ contract }), undefined, 2)}\n`],
    ['client.ts', 'a client of the API', clientSource(manifest, await clientRuntime())],
  ]
  for (const [name, , content] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return files.map(([name, what, content]) => ({ path: join(folder, name), bytes: Buffer.byteLength(content), what }))
}

async function bundleOf(options: BundleWorkflowsOptions): ReturnType<typeof bundleWorkflows> {
  try {
    return await bundleWorkflows(options)
  } catch (error) {
    if (!(error instanceof BundleError)) throw error
    throw new SundialError('SUN_CONTRACT_NOT_BUILT', error.message, { hint: 'Correct the workflows, and build the application again.', cause: error })
  }
}

async function clientRuntime(): Promise<string> {
  const read = (name: string) => readFile(fileURLToPath(import.meta.resolve(`@sundial/contract/client-runtime/${name}`)), 'utf8')
  return joinRuntime(await Promise.all(RUNTIME_FILES.map(read)))
}
