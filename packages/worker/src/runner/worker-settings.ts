import { type EncryptionSettings, readEncryptionSettings } from '@sundial/codec'
import { type Address, readTemporalSettings, readTracing, type SettingsReader, type TemporalSettings } from '@sundial/runtime'

export interface WorkerSettings {
  readonly temporal: TemporalSettings
  readonly operations: Address
  /** Absent: payloads are written as they are. */
  readonly encryption?: EncryptionSettings
  /** The worker deployment and version that this process is, for worker versioning. */
  readonly deployment?: { readonly deploymentName: string; readonly buildId: string }
  /** Whether workflows and activities are traced: an OTLP endpoint is named. */
  readonly tracing: boolean
  /** A file that `bundleWorkflows` made. Absent: the worker bundles when it starts. */
  readonly bundleFile?: string
  /** A folder where bundles are kept from one start to the next. Absent: every start bundles. */
  readonly bundleCache?: string
}

/** Reads a worker's environment. Problems go to the reader; call its `finish` afterwards. */
export function readWorkerSettings(reader: SettingsReader): WorkerSettings {
  const temporal = readTemporalSettings(reader)
  const operations = reader.address('OPERATIONS_ADDRESS')
  const tracing = readTracing(reader)
  const encryption = readEncryptionSettings(reader)
  const deployment = readDeployment(reader)
  const bundleFile = reader.optional('SUNDIAL_WORKFLOW_BUNDLE') === undefined ? undefined : reader.readableFile('SUNDIAL_WORKFLOW_BUNDLE')
  const bundleCache = reader.optional('SUNDIAL_BUNDLE_CACHE')
  return {
    temporal,
    operations,
    tracing,
    ...(encryption && { encryption }),
    ...(bundleCache !== undefined && { bundleCache }),
    ...(deployment && { deployment }),
    ...(bundleFile !== undefined && { bundleFile }),
  }
}

/** The names under which the Temporal Worker Controller gives these. */
function readDeployment(reader: SettingsReader): WorkerSettings['deployment'] {
  const deploymentName = reader.optional('TEMPORAL_DEPLOYMENT_NAME')
  const buildId = reader.optional('TEMPORAL_WORKER_BUILD_ID')
  if (deploymentName !== undefined && buildId !== undefined) return { deploymentName, buildId }
  if (deploymentName !== undefined) reader.problem('TEMPORAL_WORKER_BUILD_ID is not set; worker versioning needs it beside TEMPORAL_DEPLOYMENT_NAME')
  if (buildId !== undefined) reader.problem('TEMPORAL_DEPLOYMENT_NAME is not set; worker versioning needs it beside TEMPORAL_WORKER_BUILD_ID')
  return undefined
}
