import { readFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Loader, Plugin } from 'esbuild'

/** What Node cannot load by itself, as it cannot JSON without a word more. Everything else is left to it: what is imported twice is the same module. */
const TYPESCRIPT: Readonly<Record<string, Loader>> = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx' }

/**
 * A TypeScript module, with the TypeScript modules that it imports, as one JavaScript module. Other imports are absolute URLs in it, so it may be
 * evaluated from anywhere.
 * @throws BuildFailure of esbuild, whose `errors` have their places
 */
export async function bundleTypescript(file: string): Promise<string> {
  // Loaded here: `--help` needs none of it.
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [file],
    absWorkingDir: dirname(file),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: `node${process.versions.node}`,
    logLevel: 'silent',
    define: { 'import.meta.url': OWN.url, 'import.meta.filename': OWN.file, 'import.meta.dirname': OWN.folder, __filename: OWN.file, __dirname: OWN.folder },
    plugins: [onlyTypescript],
  })
  return outputFiles[0]?.text ?? ''
}

/** What a module says of itself is of its own file, and not of the bundle. */
const OWN = { url: '__sundialUrl', file: '__sundialFile', folder: '__sundialFolder' } as const
/** Of these modules; they have the path of the module that they are about. */
const ABOUT = 'about:'

const onlyTypescript: Plugin = {
  name: 'only-typescript',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /./ }, async ({ path, kind, importer, namespace, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData === 'asked') return undefined
      if (path.startsWith(ABOUT)) return { path: path.slice(ABOUT.length), namespace: ABOUT }
      const found = await resolve(path, { kind, importer, namespace, resolveDir, pluginData: 'asked' })
      const ending = extname(found.path)
      if (found.errors.length > 0 || found.external || ending in TYPESCRIPT || ending === '.json') return found
      return { path: pathToFileURL(found.path).href, external: true }
    })
    onLoad({ filter: /\.[cm]?tsx?$/, namespace: 'file' }, async ({ path }) => {
      // At the end, where it moves nothing: what is imported is there before the first line.
      const about = `\nimport { ${Object.values(OWN).join(', ')} } from ${JSON.stringify(ABOUT + path)}`
      return { contents: (await readFile(path, 'utf8')) + about, loader: TYPESCRIPT[extname(path)] ?? 'ts' }
    })
    onLoad({ filter: /./, namespace: ABOUT }, ({ path }) => {
      const own = { [OWN.url]: pathToFileURL(path).href, [OWN.file]: path, [OWN.folder]: dirname(path) }
      return {
        contents: Object.entries(own)
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
          .join('\n'),
      }
    })
  },
}
