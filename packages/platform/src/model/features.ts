import { suggest } from './diagnostics.ts'
import { SundialError } from './errors.ts'
import type { DeepPartial, PlatformSettingsInput } from './input.ts'

/** Something that can be switched on for one command: settings laid over those of the environment. */
interface Feature {
  readonly summary: string
  readonly settings: DeepPartial<PlatformSettingsInput>
}

/** By the name that `--with` takes. */
export const FEATURES = {
  elasticsearch: {
    summary: 'workflows are listed and searched by Elasticsearch (here OpenSearch)',
    settings: { temporal: { visibility: 'elasticsearch' } },
  },
  tracing: { summary: 'requests, workflows and activities are traced: ./sundial traces shows them', settings: { tracing: { enabled: true } } },
} as const satisfies Record<string, Feature>

export type FeatureName = keyof typeof FEATURES

/** @throws SundialError `SUN_UNKNOWN_NAME` with what is known */
export function featureName(text: string): FeatureName {
  const known = Object.keys(FEATURES) as FeatureName[]
  const found = known.find((name) => name === text)
  if (found !== undefined) return found
  throw new SundialError('SUN_UNKNOWN_NAME', `"${text}" is nothing that can be switched on; known: ${known.join(', ')}`, {
    hint: suggest(text, known) ?? 'Use one of these.',
  })
}
