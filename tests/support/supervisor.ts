import { readStatus } from '@sundial/local'
import { sharedState } from './platform.ts'

/** The process that all others of the platform descend from. */
export async function supervisorPid(): Promise<number> {
  const status = await readStatus(sharedState())
  if (!status) throw new Error('the platform of the tests does not run')
  return status.pid
}
