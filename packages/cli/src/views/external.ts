import { givenFiles, isGiven, type StateFolder } from '@sundial/local'
import type { Plan } from '@sundial/platform/model'
import colors from 'picocolors'
import { shownPath, table } from '../output.ts'

/** What others have to know, do or give, so that a plan with external systems can be started: a text for each. */
export async function describeExternal(plan: Plan, state: StateFolder): Promise<string[]> {
  const texts = [describeDatabases(plan), describeClients(plan), await describeFiles(plan, state)]
  return texts.filter((text) => text !== undefined)
}

function describeDatabases({ platform, databases }: Plan): string | undefined {
  if (!platform.postgresql.external || databases.length === 0) return undefined
  return `${colors.bold('Roles and databases')} must be on the external PostgreSQL. The SQL that makes them: ./sundial plan -e ${platform.environment} --sql`
}

function describeClients({ platform, clients }: Plan): string | undefined {
  const { external } = platform.identity
  if (!external || clients.length === 0) return undefined
  return `${colors.bold('Clients')} that must be at ${external.issuer}\n${table(clients, [
    { title: 'CLIENT', value: ({ id }) => (external.clients[id] === undefined ? id : `${external.clients[id]} (${id})`) },
    { title: 'GRANT', value: ({ kind }) => (kind === 'web' ? 'code' : 'client credentials') },
    { title: 'AUDIENCE', value: ({ audience }) => audience },
    { title: 'PERMISSIONS', value: ({ permissions, kind }) => (kind === 'web' ? 'of the person' : permissions.join(' ')) },
    { title: 'SCOPES', value: ({ scopes }) => scopes.join(' ') },
  ])}`
}

async function describeFiles(plan: Plan, state: StateFolder): Promise<string | undefined> {
  const files = await Promise.all(givenFiles(plan, state).map(async (file) => ({ ...file, isThere: await isGiven(file) })))
  if (files.length === 0) return undefined
  return `${colors.bold('Files')} that you give, mode 0600\n${table(files, [
    { title: '', value: ({ isThere }) => (isThere ? '✓' : '✗'), color: (text, { isThere }) => (isThere ? colors.green(text) : colors.red(text)) },
    { title: 'FILE', value: ({ path }) => shownPath(path) },
    { title: 'IS', value: ({ about = '' }) => about, color: colors.dim },
  ])}`
}
