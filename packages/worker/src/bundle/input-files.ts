import { statSync } from 'node:fs'
import { sep } from 'node:path'
import { isMadeUp, type WebpackPlugin } from './webpack.ts'

/** A webpack plugin that notes every file that a bundle depends on, and how to ask for them. @param generated a folder whose files are left out */
export function inputFiles(generated: string): { readonly plugin: WebpackPlugin; files(): readonly string[] } {
  const found = new Set<string>()
  return {
    plugin: (compiler) => {
      compiler.hooks.afterCompile.tap('InputFiles', (compilation) => {
        for (const path of compilation.fileDependencies) found.add(path)
      })
    },
    files: () => [...found].filter((path) => !isMadeUp(path) && !path.startsWith(`${generated}${sep}`) && isFile(path)).toSorted(),
  }
}

/** The bundler watches for files too that are not there. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
