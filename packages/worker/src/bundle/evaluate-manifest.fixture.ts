import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'
import type { Manifest } from '../manifest/manifest.ts'
import type { ManifestFiles } from './manifest-files.ts'

const require = createRequire(import.meta.url)

/** Runs the generated modules in a context of their own, as the sandbox does. */
export function evaluateManifest(files: ManifestFiles): Manifest {
  const load = (name: string): unknown => {
    const code = files[name.replace('./', '')]
    if (code === undefined) return require(name)
    const module = { exports: {} as Record<string, unknown> }
    runInNewContext(code, { module, exports: module.exports, require: load })
    return module.exports
  }
  return (load('manifest.cjs') as { manifest: Manifest }).manifest
}
