import type { Operation } from '@sundial/contract'

/** Temporal's roles in a namespace, the weakest first. A worker's does not let anybody read. */
const ROLES = ['worker', 'read', 'write', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Before the colon of a permission: all namespaces. */
const EVERY_NAMESPACE = 'temporal-system'

/** What each operation takes for those whose token speaks Temporal's dialect: what undoes or ends the work of others is for admins. */
const NEEDED: Readonly<Record<Operation, Role>> = {
  read: 'read',
  start: 'write',
  signal: 'write',
  update: 'write',
  cancel: 'write',
  schedule: 'write',
  terminate: 'admin',
  reset: 'admin',
}

/** The strongest role that `permissions`, such as `["orders:write"]`, gives in a namespace; anything in it that is no such word gives none. */
export function roleIn(namespace: string, permissions: unknown): Role | undefined {
  if (!Array.isArray(permissions)) return undefined
  const ranks = permissions.map((permission) => {
    const [, where, role] = typeof permission === 'string' ? (/^([^:]+):([^:]+)$/.exec(permission) ?? []) : []
    return where === namespace || where === EVERY_NAMESPACE ? ROLES.indexOf(role?.toLowerCase() as Role) : -1
  })
  return ROLES[Math.max(-1, ...ranks)]
}

/** Whether a role is enough for an operation. */
export function roleAllows(role: Role | undefined, operation: Operation): boolean {
  return role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(NEEDED[operation])
}
