import { type ClientCredentials, SettingsReader } from '@sundial/runtime'

export interface DemoSettings {
  readonly apiUrl: string
  readonly credentials: ClientCredentials
}

/** What the demo does with the API: it starts an order, looks at it, and approves it. */
const DEFAULT_SCOPE = 'orders:write orders:read orders:approve'

/** API_URL, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET_FILE, OIDC_SCOPE. */
export function readDemoSettings(env: NodeJS.ProcessEnv): DemoSettings {
  const reader = new SettingsReader(env)
  const settings: DemoSettings = {
    apiUrl: reader.url('API_URL'),
    credentials: {
      kind: 'client-credentials',
      issuer: reader.url('OIDC_ISSUER'),
      clientId: reader.text('OIDC_CLIENT_ID'),
      clientSecret: reader.file('OIDC_CLIENT_SECRET_FILE'),
      scope: reader.optional('OIDC_SCOPE') ?? DEFAULT_SCOPE,
    },
  }
  reader.finish()
  return settings
}
