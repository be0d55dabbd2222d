import { createHmac } from 'node:crypto'
import { Provider, errors } from 'oidc-provider'
import type { ClientMetadata, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { ClientSecrets } from './client-secrets.ts'
import { grantWithoutAsking } from './grants.ts'
import { errorPage, signOutPage, signedOutPage } from './pages.ts'
import type { LoadedConfiguration } from './read-configuration.ts'
import { CLAIMS_OF_SCOPES, claimsOfService, claimsOfUser, resourceOf } from './scopes.ts'
import type { SessionStore } from './session-store.ts'

type LoadedClient = LoadedConfiguration['clients'][number]

/** How long a person stays signed in, in seconds: two weeks, as the provider's own default. */
const SESSION_SECONDS = 14 * 24 * 3600

/** The OpenID provider for a configuration. Its pages and tokens are ours, the protocol is the library's. */
export function createProvider(loaded: LoadedConfiguration, store: SessionStore, secrets: ClientSecrets): Provider {
  const clients = new Map(loaded.clients.map((client) => [client.id, client]))
  const users = new Map(loaded.users.map((user) => [user.name, user]))
  const lifetime = loaded.tokenLifetimeSeconds

  const configuration: Configuration = {
    adapter: (model) => store.adapter(model),
    jwks: { keys: [loaded.signingKey] },
    clients: loaded.clients.map(clientMetadata),
    scopes: [...new Set(['openid', 'offline_access', ...loaded.clients.flatMap((client) => client.scopes)])],
    claims: Object.fromEntries(Object.entries(CLAIMS_OF_SCOPES).map(([scope, names]) => [scope, [...names]])),
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    cookies: {
      // Cookies of one host are shared by all its ports, so the names are ours alone.
      names: { session: 'sundial_sign_in', interaction: 'sundial_sign_in_step', resume: 'sundial_sign_in_resume' },
      keys: [createHmac('sha256', loaded.cookieSecret).update('cookies').digest('hex')],
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      // An access token has one audience, and it is not this provider; the same claims are in both tokens.
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: async (_context, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => show(context, signOutPage(form)),
        postLogoutSuccessSource: (context) => show(context, signedOutPage()),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, client) => resourceOf(known(clients, client.clientId)),
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource, { clientId }) => {
          const client = known(clients, clientId)
          if (resource !== resourceOf(client)) throw new errors.InvalidTarget('this client has one audience; leave "resource" out')
          return {
            audience: client.audience,
            scope: client.scopes.join(' '),
            accessTokenTTL: lifetime,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          }
        },
      },
    },
    ttl: {
      AccessToken: lifetime,
      ClientCredentials: lifetime,
      IdToken: lifetime,
      AuthorizationCode: 60,
      Interaction: 3600,
      Grant: SESSION_SECONDS,
      Session: SESSION_SECONDS,
      RefreshToken: SESSION_SECONDS,
    },
    findAccount: (_context, name) => {
      const user = users.get(name)
      return user && { accountId: name, claims: (_use, scope) => ({ sub: name, ...claimsOfUser(user, new Set(scope.split(' '))) }) }
    },
    extraTokenClaims: (_context, token) => {
      const client = known(clients, token.clientId)
      const scopes = new Set(token.scope?.split(' '))
      const user = 'accountId' in token ? users.get(token.accountId) : undefined
      return { azp: client.id, ...(user ? claimsOfUser(user, scopes) : claimsOfService(client, scopes)) }
    },
    loadExistingGrant: (context) => grantWithoutAsking(context, clients, users),
    // The library gives refresh tokens only after a consent page. Ours are the owner's own programs, so being allowed is enough.
    issueRefreshToken: (_context, { clientId }) => mayRefresh(known(clients, clientId)),
    // Signing out ends refreshing too, although "offline" is in the name.
    expiresWithSession: () => true,
    renderError: (context, out) => show(context, errorPage(out.error, out.error_description)),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    clientBasedCORS: () => false,
  }
  const provider = new Provider(loaded.issuer, configuration)
  // The library's own way to have secrets that are not those of its configuration.
  provider.Client.prototype.compareClientSecret = function (given) {
    return secrets.accepts(this.clientId, given)
  }
  return provider
}

function clientMetadata(client: LoadedClient): ClientMetadata {
  const redirects = client.redirectUris ?? []
  const web = client.kind === 'web'
  return {
    client_id: client.id,
    client_name: client.name ?? client.id,
    client_secret: client.secret,
    grant_types: web ? ['authorization_code', ...(mayRefresh(client) ? ['refresh_token'] : [])] : ['client_credentials'],
    response_types: web ? ['code'] : [],
    redirect_uris: [...redirects],
    post_logout_redirect_uris: [...new Set(redirects.map((uri) => `${new URL(uri).origin}/`))],
    scope: client.scopes.join(' '),
  }
}

function mayRefresh(client: LoadedClient): boolean {
  return client.kind === 'web' && client.scopes.includes('offline_access')
}

function known(clients: ReadonlyMap<string, LoadedClient>, id: string | undefined): LoadedClient {
  const client = clients.get(id ?? '')
  if (client === undefined) throw new errors.InvalidClient('unknown client')
  return client
}

function show(context: KoaContextWithOIDC, body: string): void {
  context.type = 'html'
  context.body = body
}
