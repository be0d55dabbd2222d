import { readFile } from 'node:fs/promises'
import type { Contract } from '@sundial/contract'
import type { Logger } from '@sundial/runtime'
import { BundleError } from '../bundle/bundle-error.ts'
import { labelDifferences, readLabel, withEncodedFailures } from '../bundle/bundle-label.ts'
import { cachedBundle } from '../bundle/bundle-cache.ts'
import { bundleLabel, bundleWorkflows } from '../bundle/bundle-workflows.ts'

export interface WorkflowBundleOptions {
  readonly contract: Contract
  readonly workflows: URL
  /** A prebuilt bundle to use. @default bundles now */
  readonly bundleFile?: string | undefined
  /** Where bundles are kept from one start to the next. @default nowhere */
  readonly cacheFolder?: string | undefined
  /** Whether workflows are traced. @default false */
  readonly tracing?: boolean
  /** Whether the messages of failures go into payloads. @default false */
  readonly encodesFailures?: boolean
  readonly logger: Logger
}

/** The workflow code to run. A prebuilt bundle of another contract, or of another version of this one or of the SDK, is refused. */
export async function workflowBundle(options: WorkflowBundleOptions): Promise<{ code: string }> {
  const code = await load(options)
  return { code: options.encodesFailures ? withEncodedFailures(code) : code }
}

async function load({ contract, workflows, bundleFile, cacheFolder, tracing = false, logger }: WorkflowBundleOptions): Promise<string> {
  if (bundleFile === undefined) {
    const startedAt = performance.now()
    const options = { contract, workflows, tracing, logger }
    const bundle = cacheFolder === undefined ? { ...(await bundleWorkflows(options)), cached: false } : await cachedBundle(options, cacheFolder)
    const { code, cached } = bundle
    logger.info({ milliseconds: Math.round(performance.now() - startedAt), bytes: code.length, cached }, 'workflows bundled')
    return code
  }
  const code = await readFile(bundleFile, 'utf8')
  const found = readLabel(code)
  const wanted = bundleLabel(contract, tracing)
  if (!found) throw new BundleError(`${bundleFile} is no workflow bundle of bundleWorkflows; build it, or unset SUNDIAL_WORKFLOW_BUNDLE to bundle at start`)
  const differences = labelDifferences(found, wanted)
  if (differences.length > 0) {
    const list = differences.map((key) => `${key} is ${found[key]} and should be ${wanted[key]}`).join(', ')
    throw new BundleError(`${bundleFile} is not the bundle of this program (${list}); build it again, or unset SUNDIAL_WORKFLOW_BUNDLE to bundle at start`)
  }
  return code
}
