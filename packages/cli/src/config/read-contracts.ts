import { type Diagnostic, joinPath } from '@sundial/platform'
import { readContract } from './contract-reference.ts'

interface Contracts {
  /** The configuration, with contracts in the place of what names them. */
  readonly value: unknown
  readonly problems: readonly Diagnostic[]
}

/** Puts the contracts in that a configuration names, in its common part and in its environments. */
export async function readContracts(value: unknown, folder: string): Promise<Contracts> {
  const problems: Diagnostic[] = []
  const inSettings = async (settings: unknown, path: readonly string[]): Promise<unknown> => {
    const applications = await mapEntries(fieldOf(settings, 'applications'), async (application, name) => {
      const reference = fieldOf(application, 'contract')
      if (typeof reference !== 'string') return application
      const reading = await readContract(reference, folder)
      if ('contract' in reading) return { ...(application as object), contract: reading.contract }
      problems.push({ path: joinPath([...path, 'applications', name, 'contract']), ...reading })
      return application
    })
    return applications === undefined ? settings : { ...(settings as object), applications }
  }
  const common = await inSettings(value, [])
  const environments = await mapEntries(fieldOf(value, 'environments'), (settings, name) => inSettings(settings, ['environments', name]))
  return { value: environments === undefined ? common : { ...(common as object), environments }, problems }
}

function fieldOf(value: unknown, key: string): unknown {
  return isPlain(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

async function mapEntries(value: unknown, change: (entry: unknown, key: string) => Promise<unknown>): Promise<object | undefined> {
  if (!isPlain(value)) return undefined
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, entry]) => [key, await change(entry, key)] as const)))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
