import { type Duration, toMilliseconds } from '@sundial/contract'
import type { SettingsReader } from '@sundial/runtime'
import type { ApprovalPolicy } from './activities/accept-order.ts'
import { type DatabaseSettings, readDatabaseSettings } from './database/settings.ts'
import type { PaymentProviderSettings } from './payment/provider.ts'

export interface WorkerSettings {
  readonly database: DatabaseSettings
  readonly payment: PaymentProviderSettings
  readonly policy: ApprovalPolicy
}

const DEFAULT_LIMIT = 50_000
const DEFAULT_DEADLINE = '24h'
/** An order keeps stock and money for as long as it waits. */
const LONGEST_DEADLINE_MS = toMilliseconds('14d')

/**
 * The orders worker's own settings: PG* (see `readDatabaseSettings`), PAYMENT_URL, PAYMENT_API_KEY, APPROVAL_LIMIT (minor units, default 50000)
 * and APPROVAL_DEADLINE (such as `24h`, which is the default; at most 14d). Problems go to the reader; call its `finish` afterwards.
 */
export function readWorkerSettings(reader: SettingsReader): WorkerSettings {
  return {
    database: readDatabaseSettings(reader),
    payment: { url: reader.url('PAYMENT_URL'), apiKey: reader.text('PAYMENT_API_KEY') },
    policy: { limit: reader.number('APPROVAL_LIMIT', { default: DEFAULT_LIMIT, min: 0 }), deadlineMs: readDeadline(reader) },
  }
}

function readDeadline(reader: SettingsReader): number {
  const text = reader.optional('APPROVAL_DEADLINE') ?? DEFAULT_DEADLINE
  try {
    const milliseconds = Math.round(toMilliseconds(text as Duration))
    if (milliseconds >= 1 && milliseconds <= LONGEST_DEADLINE_MS) return milliseconds
    reader.problem(`APPROVAL_DEADLINE is "${text}"; write a duration up to 14d`)
  } catch (error) {
    reader.problem(`APPROVAL_DEADLINE: ${(error as Error).message}`)
  }
  return 1
}
