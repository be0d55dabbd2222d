import type { Contract } from '@sundial/contract'
import { z } from 'zod'
import { ENVIRONMENTS, type DeepPartial, type PlatformInput, type PlatformSettingsInput } from './input.ts'
import { isRecord } from './record.ts'
import { applicationSettings } from './settings/application.ts'
import { codecServerSettings } from './settings/codec-server.ts'
import { elasticsearchSettings } from './settings/elasticsearch.ts'
import { identitySettings } from './settings/identity.ts'
import { kubernetesSettings } from './settings/kubernetes.ts'
import { postgresqlSettings } from './settings/postgresql.ts'
import { name } from './settings/primitives.ts'
import { temporalSettings } from './settings/temporal.ts'
import { tracingSettings } from './settings/tracing.ts'
import { versionsSettings } from './settings/versions.ts'
import { webUiSettings } from './settings/web-ui.ts'

/** One environment's settings, checked and with every default filled. */
export const platformSettings = z.strictObject({
  name: name.describe('Name of the platform.'),
  versions: versionsSettings,
  postgresql: postgresqlSettings,
  temporal: temporalSettings,
  elasticsearch: elasticsearchSettings,
  webUi: webUiSettings,
  codecServer: codecServerSettings,
  identity: identitySettings,
  tracing: tracingSettings,
  kubernetes: kubernetesSettings,
  applications: z.record(name, applicationSettings).default({}).describe('The products that run on the platform, by name.'),
})

/** The whole of what a configuration may say. */
export const platformInput = z.strictObject({
  ...platformSettings.shape,
  environments: z
    .partialRecord(z.enum(ENVIRONMENTS), z.custom<DeepPartial<PlatformSettingsInput>>(isRecord, 'must be an object: the settings that differ'))
    .optional()
    .describe('Partial platforms laid over the common one.'),
})

/** A platform for one environment: checked, every default filled. */
export type PlatformSettings = z.output<typeof platformSettings>

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Flat<T> = T extends Contract | readonly unknown[] ? T : T extends object ? { [K in keyof T]: Flat<T[K]> } : T
/** Schema and public type say the same: a field that is only in one of them does not compile.
 * @public */
export type SchemaEqualsType = Proof<Equal<Flat<z.input<typeof platformInput>>, Flat<PlatformInput>>>
type Proof<T extends true> = T
