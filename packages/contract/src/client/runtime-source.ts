/** The files of the runtime, in the order in which they become one: the first has what programs import. */
export const RUNTIME_FILES = ['public.ts', 'send.ts', 'events.ts', 'lists.ts', 'schedules.ts', 'workflows.ts'] as const

/**
 * The runtime as a part of one file: no imports, and nothing but the first file's declarations exported.
 * @param sources of {@link RUNTIME_FILES}, in their order
 */
export function joinRuntime(sources: readonly string[]): string {
  const parts = sources.map((source, index) => {
    const alone = source.replaceAll(/^import [^;]*? from '\.\/[\w-]+\.ts'\n/gm, '')
    return (index === 0 ? alone : alone.replaceAll(/^export (?!default)/gm, '')).trim()
  })
  return parts.join('\n\n')
}
