import { joinPath, unknownName, type Diagnostic } from './diagnostics.ts'
import { entriesOf, isRecord } from './record.ts'

/** Names that must be those of other parts. Reads settings that may be wrong elsewhere, so that every problem is found at once. */
export function checkNames(settings: unknown): Diagnostic[] {
  const { applications, identity } = isRecord(settings) ? settings : {}
  return [...checkDemos(applications), ...checkScopes(applications), ...checkPermissions(identity, namespacesOf(applications))]
}

function namespacesOf(applications: unknown): string[] {
  return entriesOf(applications).map(([name, application]) =>
    isRecord(application) && typeof application['namespace'] === 'string' ? application['namespace'] : name,
  )
}

function* checkDemos(applications: unknown): Generator<Diagnostic> {
  for (const [name, application] of entriesOf(applications)) {
    const { api, demo, clients } = isRecord(application) ? application : {}
    if (api === undefined) {
      for (const [setting, value] of Object.entries({ demo, clients })) {
        if (value !== undefined)
          yield {
            path: joinPath(['applications', name, setting]),
            message: 'is for callers of the application’s API, and it has none',
            hint: 'add "api", or remove this',
          }
      }
    }
    const client = isRecord(demo) ? demo['client'] : undefined
    const known = entriesOf(clients).map(([key]) => key)
    if (typeof client === 'string' && !known.includes(client)) {
      yield unknownName(joinPath(['applications', name, 'demo', 'client']), client, { what: 'a client of this application', known })
    }
  }
}

/** Scopes that no operation of the contract asks for allow nothing. */
function* checkScopes(applications: unknown): Generator<Diagnostic> {
  for (const [name, application] of entriesOf(applications)) {
    const { clients, contract } = isRecord(application) ? application : {}
    const workflows = isRecord(contract) ? entriesOf(contract['workflows']) : []
    // What is no contract is another problem.
    if (workflows.length === 0) continue
    const known = [...new Set(workflows.flatMap(([, workflow]) => (isRecord(workflow) ? entriesOf(workflow['access']).map(([, scope]) => String(scope)) : [])))]
    for (const [client, settings] of entriesOf(clients)) {
      const scopes = isRecord(settings) && Array.isArray(settings['scopes']) ? (settings['scopes'] as unknown[]) : []
      for (const [index, scope] of scopes.entries()) {
        if (typeof scope === 'string' && !known.includes(scope)) {
          yield unknownName(joinPath(['applications', name, 'clients', client, 'scopes', index]), scope, { what: 'a scope of the contract', known })
        }
      }
    }
  }
}

function* checkPermissions(identity: unknown, namespaces: readonly string[]): Generator<Diagnostic> {
  const known = [...namespaces, 'temporal-system']
  for (const [user, settings] of entriesOf(isRecord(identity) ? identity['users'] : undefined)) {
    const permissions = isRecord(settings) && Array.isArray(settings['permissions']) ? (settings['permissions'] as unknown[]) : []
    for (const [index, permission] of permissions.entries()) {
      if (typeof permission !== 'string' || !permission.includes(':')) continue
      const namespace = permission.slice(0, permission.lastIndexOf(':'))
      if (!known.includes(namespace))
        yield unknownName(joinPath(['identity', 'users', user, 'permissions', index]), namespace, { what: 'a namespace of this platform', known })
    }
  }
}
