import type { Platform } from '../../../model/platform.ts'

/** A group of people at the provider, and what its members may do in Temporal. */
export interface Group {
  readonly name: string
  readonly permission: string
}

/** Groups for the whole of Temporal, and two for each namespace. Who is in none cannot log in. */
export function groupsOf({ applications }: Platform): Group[] {
  const namespaces = [...new Set(Object.entries(applications).map(([name, { namespace }]) => namespace ?? name))]
  return [
    { name: 'temporal-admins', permission: 'temporal-system:admin' },
    { name: 'temporal-readers', permission: 'temporal-system:read' },
    ...namespaces.flatMap((namespace) => [
      { name: `${namespace}-readers`, permission: `${namespace}:read` },
      { name: `${namespace}-writers`, permission: `${namespace}:write` },
    ]),
  ]
}
