import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Contract } from '@sundial/contract'
import type { Logger } from '@sundial/runtime'
import { bundleWorkflowCode } from '@temporalio/worker'
import { BundleError } from './bundle-error.ts'
import { addLabel, type BundleLabel, KIT } from './bundle-label.ts'
import { bundleLogger } from './bundle-logger.ts'
import { contractGuard } from './contract-guard.ts'
import { writeManifest } from './generated-files.ts'
import { inputFiles } from './input-files.ts'
import { manifestFiles } from './manifest-files.ts'
import { manifestHash } from './manifest-hash.ts'

const require = createRequire(import.meta.url)
/** Beside us, in the form that we are in. */
const inSandbox = (name: string) => fileURLToPath(new URL(`../workflow/${name}${extname(import.meta.url)}`, import.meta.url))
const FAILURE_CONVERTER = inSandbox('failure-converter')
/** In this order: ours needs the span of the other. */
const tracingModules = () => [require.resolve('@temporalio/interceptors-opentelemetry-v2/lib/workflow-interceptors'), inSandbox('trace-logs')]

export interface BundleWorkflowsOptions {
  readonly contract: Contract
  /** The compiled module whose default export `implementWorkflows` made. */
  readonly workflows: URL
  /** Whether workflows are traced: adds OpenTelemetry's interceptors, which a worker that traces needs and another cannot use. @default false */
  readonly tracing?: boolean
  /** Gets the bundler's output, at debug. @default nobody */
  readonly logger?: Logger
}

export interface WorkflowBundle {
  readonly code: string
  /** Absolute paths of what it was made from, without what was generated for it. */
  readonly files: readonly string[]
}

/** Where the bundler keeps what it may use again. */
export interface BundlerFolders {
  /** Compiled modules. Nobody else may use it at the same time. */
  readonly modules: string
  readonly manifests: string
}

/**
 * Bundles workflow code with the manifest of its contract for the sandbox. Takes 1 to 5 seconds.
 * Throws a {@link BundleError} that says what cannot be bundled, or a `ContractError` if a schema cannot be checked in the sandbox.
 */
export function bundleWorkflows(options: BundleWorkflowsOptions): Promise<WorkflowBundle> {
  return bundle(options)
}

/** The same, with folders where the bundler keeps what it may use again. */
export async function bundle({ contract, workflows, tracing = false, logger }: BundleWorkflowsOptions, keep?: BundlerFolders): Promise<WorkflowBundle> {
  requireModule(contract, workflows)
  const label = bundleLabel(contract, tracing)
  const { path: folder, release } = await writeManifest(() => manifestFiles(contract), label.manifest, keep?.manifests)
  const errors: string[] = []
  const inputs = inputFiles(folder)
  try {
    const { code } = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(workflows),
      workflowInterceptorModules: tracing ? tracingModules() : [],
      failureConverterPath: FAILURE_CONVERTER,
      logger: bundleLogger(logger, errors),
      webpackConfigHook: (config) => ({
        ...config,
        ...(keep && { cache: { type: 'filesystem' as const, cacheDirectory: keep.modules } }),
        resolve: { ...config.resolve, alias: { ...(config.resolve?.alias as Record<string, string | false>), ...aliases(folder) } },
        plugins: [...(config.plugins ?? []), contractGuard(), inputs.plugin],
      }),
    })
    return { code: addLabel(code, label), files: inputs.files() }
  } catch (error) {
    const reason = errors.length > 0 ? errors.join('\n') : (error as Error).message
    throw new BundleError(`the workflows of contract "${contract.name}" (${fileURLToPath(workflows)}) cannot be bundled: ${reason}`, { cause: error })
  } finally {
    await release()
  }
}

function requireModule({ name }: Contract, workflows: URL): void {
  const path = fileURLToPath(workflows)
  if (existsSync(path)) return
  const what = 'build the application, and name the compiled module whose default export implementWorkflows made'
  throw new BundleError(`the workflows of contract "${name}" are not in ${path}; ${what}, such as new URL('./workflows/index.js', import.meta.url)`)
}

/** The label of the bundle that this contract has now. */
export function bundleLabel(contract: Contract, tracing = false): BundleLabel {
  const { version } = require('@temporalio/workflow/package.json') as { version: string }
  return { contract: contract.name, manifest: manifestHash(contract), sdk: version, tracing: tracing ? 'on' : 'off', kit: KIT }
}

/** The generated modules are in no package, and an application may have other versions of these: take ours. */
function aliases(folder: string): Record<string, string> {
  const packages = ['ajv', 'ajv-formats', '@temporalio/workflow', '@temporalio/common']
  return {
    '@sundial/worker/manifest$': join(folder, 'manifest.cjs'),
    ...Object.fromEntries(packages.map((name) => [name, dirname(require.resolve(`${name}/package.json`))])),
  }
}
