import { connect } from './connect.ts'
import { ensureDatabase, protectFromPublic } from './database.ts'
import { ensureRole } from './role.ts'
import { ensureContent } from './database-content.ts'
import type { SetupOptions } from './setup-options.ts'

/** Every server has them, and by default everyone may connect. */
const SYSTEM_DATABASES = ['postgres', 'template1'] as const

/**
 * Makes roles, databases, extensions and privileges as the options say. What is so already is left alone, so it can be run
 * again at any time, also after it was interrupted.
 * @returns what was changed, in words
 */
export async function setUpDatabases(options: SetupOptions, signal: AbortSignal): Promise<string[]> {
  const changes: string[] = []
  const admin = await connect(options, 'postgres', { signal })
  try {
    for (const name of SYSTEM_DATABASES) changes.push(...(await protectFromPublic(admin, name)))
    for (const database of options.databases) {
      signal.throwIfAborted()
      changes.push(...(await ensureRole(admin, database)), ...(await ensureDatabase(admin, database)))
    }
  } finally {
    await admin.end()
  }
  for (const database of options.databases) {
    const client = await connect(options, database.name, { signal })
    try {
      changes.push(...(await ensureContent(client, database)))
    } finally {
      await client.end()
    }
  }
  return changes
}
