import { databaseLogin } from '../../model/database-login.ts'
import { joinPath, unknownName, type Diagnostic } from '../../model/diagnostics.ts'
import type { Plan } from '../../model/plan.ts'

/** PostgreSQL's own: a role of the superuser's name would take the superuser's rights away. */
const RESERVED = /^(postgres|template[01]|pg_.*)$/

/** Names that the server cannot give, and names on an external server that do not fit the plan. */
export function checkDatabases(plan: Plan): Diagnostic[] {
  return plan.platform.postgresql.external ? [...checkMapping(plan), ...checkSharing(plan)] : checkReserved(plan)
}

function checkReserved({ databases }: Plan): Diagnostic[] {
  return databases.flatMap(({ name, owner }) =>
    [...new Set([name, owner])]
      .filter((identifier) => RESERVED.test(identifier))
      .map((path) => ({ path, message: 'is a name of PostgreSQL’s own', hint: 'rename the application' })),
  )
}

const pathOf = (name: string) => joinPath(['postgresql', 'external', 'databases', name])

function checkMapping({ platform, databases }: Plan): Diagnostic[] {
  const known = databases.map(({ name }) => name)
  return Object.keys(platform.postgresql.external?.databases ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => unknownName(pathOf(name), name, { what: 'a database of this plan', known }))
}

/** Two databases of the plan must stay two, and databases with one password have one user. */
function* checkSharing({ platform, databases }: Plan): Generator<Diagnostic> {
  const logins = databases.map((database) => ({ ...database, ...databaseLogin(platform, database) }))
  for (const [index, one] of logins.entries()) {
    for (const other of logins.slice(0, index)) {
      if (one.database === other.database)
        yield { path: pathOf(one.name), message: `is "${one.database}" on the server, and so is ${other.name}; each needs its own` }
      if (one.secret === other.secret && one.user !== other.user)
        yield {
          path: pathOf(one.name),
          message: `has the user "${one.user}", and ${other.name} has "${other.user}"; both belong to one program, which logs in as one user`,
        }
    }
  }
}
