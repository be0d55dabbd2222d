import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan } from '@sundial/platform/model'
import type { StateFolder } from '../state/index.ts'

/** A file that people give, so that a plan can be started. */
export interface GivenFile {
  readonly path: string
  /** What it is, in words. */
  readonly about?: string
}

/** Every file that people give for a plan. The plan's processes, which name these files too, are not made before the state is there. */
export function givenFiles({ secrets }: Pick<Plan, 'secrets'>, state: Pick<StateFolder, 'secrets'>): GivenFile[] {
  return secrets.flatMap(({ name, keys, about }) =>
    Object.entries(keys).flatMap(([key, producer]) => {
      if (producer !== 'given') return []
      const what = about?.[key]
      return [{ path: join(state.secrets, name, key), ...(what !== undefined && { about: what }) }]
    }),
  )
}

/** Whether a file is there and not empty. */
export async function isGiven({ path }: GivenFile): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  )
}
