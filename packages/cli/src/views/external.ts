import { givenFiles, isGiven, type GivenFile, type StateFolder } from '@sundial/local'
import type { Plan } from '@sundial/platform/model'
import { type Column, shownPath, table } from '../output.ts'
import { screen, type Terminal } from '../terminal.ts'
import { wrap } from '../text.ts'

/** A file that somebody must give, and whether it is there. */
export interface FileToGive extends Pick<GivenFile, 'path' | 'about'> {
  readonly isThere: boolean
}

export async function filesToGive(plan: Plan, state: StateFolder): Promise<FileToGive[]> {
  return Promise.all(givenFiles(plan, state).map(async (file) => ({ ...file, isThere: await isGiven(file) })))
}

/** What others have to know, do or give, so that a plan with external systems can be started: a text for each. */
export function externalView(plan: Plan, files: readonly FileToGive[], terminal: Terminal = screen()): string[] {
  const texts = [databases(plan, terminal), clients(plan, terminal), givenFilesView(files, terminal)]
  return texts.filter((text) => text !== undefined)
}

function databases(plan: Plan, { colors, width }: Terminal): string | undefined {
  if (!plan.platform.postgresql.external || plan.databases.length === 0) return undefined
  const text = `must be on the external PostgreSQL. The SQL that makes them: ./sundial plan -e ${plan.platform.environment} --sql`
  return wrap(`${colors.bold('Roles and databases')} ${text}`, { width })
}

function clients(plan: Plan, terminal: Terminal): string | undefined {
  const { external } = plan.platform.identity
  if (!external || plan.clients.length === 0) return undefined
  const columns: Column<Plan['clients'][number]>[] = [
    { title: 'CLIENT', value: ({ id }) => (external.clients[id] === undefined ? id : `${external.clients[id]} (${id})`) },
    { title: 'GRANT', value: ({ kind }) => (kind === 'web' ? 'code' : 'client credentials') },
    { title: 'AUDIENCE', value: ({ audience }) => audience },
    { title: 'PERMISSIONS', value: ({ permissions, kind }) => (kind === 'web' ? 'of the person' : permissions.join(' ')) },
    { title: 'SCOPES', value: ({ scopes }) => scopes.join(' ') },
  ]
  return `${wrap(`${terminal.colors.bold('Clients')} that must be at ${external.issuer}`, terminal)}\n${table(plan.clients, columns, terminal)}`
}

function givenFilesView(files: readonly FileToGive[], terminal: Terminal): string | undefined {
  if (files.length === 0) return undefined
  const { colors } = terminal
  const columns: Column<FileToGive>[] = [
    {
      title: 'FILE',
      value: ({ isThere, path }) => `${isThere ? '✓' : '✗'} ${shownPath(path)}`,
      color: (text) => text.replace('✓', colors.green('✓')).replace('✗', colors.red('✗')),
    },
    { title: 'IS', value: ({ about = '' }) => about, color: colors.dim },
  ]
  return `${colors.bold('Files')} that you give, mode 0600\n${table(files, columns, terminal)}`
}
