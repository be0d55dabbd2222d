import type { Database } from '../../model/resources.ts'
import type { Value } from '../../model/values.ts'
import type { Call, Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { libpqEnvironment } from '../postgresql/access.ts'
import { POSTGRESQL } from '../postgresql/names.ts'
import { databaseSecret, migrationName, type Application } from './names.ts'

/** The application's own database; the role that owns it has the application's name too. */
export function databaseOf({ name }: Application): Database {
  const identifier = name.replaceAll('-', '_')
  return { name: identifier, owner: identifier, secret: databaseSecret(name), extensions: [] }
}

/** What a process of the application gets, so that it can use the database. */
export function databaseUse(application: Application): { env: Record<string, Value>; calls: Call[]; parties: string[] } {
  if (!application.settings.database) return { env: {}, calls: [], parties: [] }
  return {
    env: libpqEnvironment(application.platform, databaseOf(application)),
    calls: [{ party: POSTGRESQL, port: 'sql' }],
    parties: [POSTGRESQL],
  }
}

export function migrationJob(application: Application, migrate: string): Workload {
  return workload({
    name: migrationName(application.name),
    component: application.name,
    area: 'product',
    runs: 'job',
    description: `Brings the database of ${application.name} to its newest version`,
    program: { kind: 'node', module: migrate },
    env: libpqEnvironment(application.platform, databaseOf(application)),
    calls: [{ party: POSTGRESQL, port: 'sql' }],
    needs: [{ party: POSTGRESQL, until: 'ready' }],
  })
}
