import { type EncryptionSettings, readEncryptionSettings } from '@sundial/codec'
import { BUNDLE_FILES } from '../bundle/bundle-label.ts'
import { type Deployment, readDeployment } from './worker-deployment.ts'
import { readWorkerLimits, type WorkerLimits } from './worker-limits.ts'
import { type Address, readTemporalSettings, readTracing, type SettingsReader, type TemporalSettings } from '@sundial/runtime'

export interface WorkerSettings {
  readonly temporal: TemporalSettings
  readonly operations: Address
  /** Absent: payloads are written as they are. */
  readonly encryption?: EncryptionSettings
  /** The worker deployment and version that this process is, for worker versioning. */
  readonly deployment?: Deployment
  /** Whether that version makes itself the current one. */
  readonly becomesCurrent: boolean
  readonly limits: WorkerLimits
  /** Whether workflows and activities are traced: an OTLP endpoint is named. */
  readonly tracing: boolean
  /** A file that `bundleWorkflows` made. Absent: the worker bundles when it starts. */
  readonly bundleFile?: string
  /** A folder where bundles are kept from one start to the next. Absent: every start bundles. */
  readonly bundleCache?: string
}

/** Reads SUNDIAL_WORKFLOW_BUNDLE, which names a file that `bundleWorkflows` made, or a folder with one for each state of the tracing switch. */
export function readBundleFile(reader: SettingsReader, tracing: boolean): string | undefined {
  if (reader.optional('SUNDIAL_WORKFLOW_BUNDLE') === undefined) return undefined
  return reader.readableFile('SUNDIAL_WORKFLOW_BUNDLE', BUNDLE_FILES[tracing ? 'on' : 'off'])
}

/** Reads a worker's environment. Problems go to the reader; call its `finish` afterwards. */
export function readWorkerSettings(reader: SettingsReader): WorkerSettings {
  const temporal = readTemporalSettings(reader)
  const operations = reader.address('OPERATIONS_ADDRESS')
  const tracing = readTracing(reader)
  const encryption = readEncryptionSettings(reader)
  const deployment = readDeployment(reader)
  const limits = readWorkerLimits(reader)
  const bundleFile = readBundleFile(reader, tracing)
  const bundleCache = reader.optional('SUNDIAL_BUNDLE_CACHE')
  return {
    temporal,
    operations,
    tracing,
    limits,
    becomesCurrent: reader.flag('WORKER_BECOMES_CURRENT') ?? false,
    ...(encryption && { encryption }),
    ...(bundleCache !== undefined && { bundleCache }),
    ...(deployment && { deployment }),
    ...(bundleFile !== undefined && { bundleFile }),
  }
}
