import { chmod } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { GivenSecret } from '@sundial/platform/process'
import { SundialError } from '@sundial/platform'
import { makePrivateFolder, readFileIfPresent } from '../state/private-files.ts'
import { secretId } from './materialise.ts'

/**
 * The values that people have put into files, by the secret's id. Spaces and line breaks around a value are none of it: editors add them.
 * Files and their folders are closed to others.
 * @throws SundialError `SUN_SECRET_MISSING` with every file that is not there or empty
 */
export async function readGivenSecrets(secrets: readonly GivenSecret[]): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>()
  const missing: string[] = []
  for (const secret of secrets) {
    const value = (await readFileIfPresent(secret.path))?.trim()
    if (value) values.set(secretId(secret), value)
    else missing.push(`  ${secret.path} ${value === undefined ? 'is not there' : 'is empty'}${secret.about === undefined ? '' : `\n    it is ${secret.about}`}`)
    if (value === undefined) continue
    await makePrivateFolder(dirname(secret.path))
    await chmod(secret.path, 0o600)
  }
  if (missing.length === 0) return values
  throw new SundialError('SUN_SECRET_MISSING', `secrets that you must supply are missing:\n${missing.join('\n')}`, {
    hint: 'Write each value into its file, with mode 0600. All files that you give, and which are there: ./sundial plan',
  })
}
