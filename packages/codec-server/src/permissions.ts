/** What a caller may do with payloads. */
export type Operation = 'decode' | 'encode'

/** The roles of Temporal's own authorizer that allow it: who may read a workflow may read its payloads. */
const ROLES: Readonly<Record<Operation, readonly string[]>> = {
  decode: ['read', 'write', 'admin'],
  encode: ['write', 'admin'],
}
/** Permissions for it hold in all namespaces. */
const SYSTEM = 'temporal-system'

/** Whether a token's `permissions`, such as `orders:read`, allow an operation in a namespace. What is no list of texts allows nothing. */
export function isAllowed(permissions: unknown, operation: Operation, namespace: string): boolean {
  if (!Array.isArray(permissions)) return false
  return permissions.some((permission) => {
    // As the server splits them: a namespace has no colon.
    const [scope, role] = String(permission).split(/:(.*)/s)
    return (scope === namespace || scope === SYSTEM) && ROLES[operation].includes((role ?? '').toLowerCase())
  })
}
