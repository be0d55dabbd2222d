import type { AnyObject, Schemas } from '@sundial/platform/validate'
import { bundledCheck, type Check } from './bundled.ts'
import { readDefinitions } from './definitions.ts'

/** What is known of the kinds of some objects: by the user's own definitions if a folder has them, else by those that come with this command. */
export async function loadSchemas(objects: readonly AnyObject[], folder?: string): Promise<Schemas> {
  const kinds = new Set(objects.filter(({ apiVersion, kind }) => typeof apiVersion === 'string' && typeof kind === 'string').map((object) => keyOf(object)))
  const own: ReadonlyMap<string, Check> = folder === undefined ? new Map<string, Check>() : await readDefinitions(folder, kinds)
  const bundled = await Promise.all(
    [...kinds]
      .filter((key) => !own.has(key))
      .map(async (key) => {
        const [apiVersion = '', kind = ''] = key.split(' ')
        return [key, await bundledCheck(apiVersion, kind)] as const
      }),
  )
  const checks = new Map<string, Check | undefined>([...bundled, ...own])
  return { check: (object) => checks.get(keyOf(object))?.(object) }
}

function keyOf({ apiVersion, kind }: AnyObject): string {
  return `${String(apiVersion)} ${String(kind)}`
}
