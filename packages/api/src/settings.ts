import { randomBytes } from 'node:crypto'
import { type EncryptionSettings, readEncryptionSettings } from '@sundial/codec'
import { type Address, readTemporalSettings, readTracing, SettingsReader, type TemporalSettings } from '@sundial/runtime'

/** Everything that an API reads from its environment. */
export interface ApiSettings {
  /** HTTP_ADDRESS: the public API. */
  readonly http: Address
  /** OPERATIONS_ADDRESS: health and metrics. */
  readonly operations: Address
  /** TEMPORAL_* and OIDC_CLIENT_*: the API's own way to Temporal. */
  readonly temporal: TemporalSettings
  /** PAYLOAD_KEYS_FOLDER: absent, payloads are written as they are. */
  readonly encryption: EncryptionSettings | undefined
  /** OIDC_ISSUER: whose tokens callers bring. */
  readonly issuer: string
  /** API_AUDIENCE: the `aud` of those tokens. */
  readonly audience: string
  /** OTEL_*: whether requests are traced, which they are when an OTLP endpoint is named. */
  readonly tracing: boolean
  /** API_CURSOR_KEY_FILE. @default a key of this process: with several copies of the API, one does not take the cursors of another */
  readonly cursorKey: Buffer
  /** API_RATE_LIMIT: requests a minute of one subject, to one copy. 0: no limit. @default 6000 */
  readonly requestsPerMinute: number
  /**
   * API_NOTICE_SECONDS, in milliseconds: it goes on serving for this long after it was asked to stop, not ready, so that whoever sends it requests can
   * notice. At most 15 s. @default 5 s; nothing with STOP_RELEASES_PORTS=true, where nobody waits for the notice
   */
  readonly noticeMs: number
}

const REQUESTS_PER_MINUTE = 6000
const NOTICE_SECONDS = 5
const MAX_NOTICE_SECONDS = 15

const MIN_KEY_BYTES = 32

/** Reads the environment. Throws a `SettingsError` that lists every problem. */
export function readApiSettings(env: NodeJS.ProcessEnv): ApiSettings {
  const reader = new SettingsReader(env)
  const settings = {
    http: reader.address('HTTP_ADDRESS'),
    operations: reader.address('OPERATIONS_ADDRESS'),
    temporal: readTemporalSettings(reader),
    encryption: readEncryptionSettings(reader),
    issuer: reader.url('OIDC_ISSUER'),
    audience: reader.text('API_AUDIENCE'),
    tracing: readTracing(reader),
    cursorKey: readCursorKey(reader),
    requestsPerMinute: reader.number('API_RATE_LIMIT', { default: REQUESTS_PER_MINUTE, min: 0 }),
    noticeMs: 1000 * reader.number('API_NOTICE_SECONDS', { default: reader.flag('STOP_RELEASES_PORTS') ? 0 : NOTICE_SECONDS, min: 0, max: MAX_NOTICE_SECONDS }),
  }
  reader.finish()
  return settings
}

function readCursorKey(reader: SettingsReader): Buffer {
  if (reader.optional('API_CURSOR_KEY_FILE') === undefined) return randomBytes(MIN_KEY_BYTES)
  const content = reader.file('API_CURSOR_KEY_FILE')
  if (content !== '' && Buffer.byteLength(content) < MIN_KEY_BYTES)
    reader.problem(`API_CURSOR_KEY_FILE names a file with less than ${MIN_KEY_BYTES} bytes; write at least that many random ones`)
  return Buffer.from(content)
}
