import { createRequire } from 'node:module'
import { dirname, relative, sep } from 'node:path'
import { isMadeUp, type WebpackPlugin } from './webpack.ts'

/** Where our own contract package is: an application may well have a folder of that name. The bundler too follows links to what is there. */
const CONTRACT_PACKAGE = dirname(dirname(createRequire(import.meta.url).resolve('@sundial/contract')))

/** Where a package is, below a folder of any project. */
function inModules(name: string): string {
  return `${sep}${['node_modules', ...name.split('/')].join(sep)}${sep}`
}

/** What a contract's module brings with it, and workflow code has no use for. */
const FORBIDDEN = [
  ...['zod', 'valibot', '@valibot/to-json-schema', 'arktype', '@ark/schema'].map((name) => ({ name, has: (path: string) => path.includes(inModules(name)) })),
  { name: '@sundial/contract', has: (path: string) => path.startsWith(`${CONTRACT_PACKAGE}${sep}`) },
]

/** A webpack plugin that refuses a bundle with a contract's schemas in it, and says which import brought them. */
export function contractGuard(): WebpackPlugin {
  return (compiler) => {
    compiler.hooks.compilation.tap('ContractGuard', (compilation) => {
      compilation.hooks.finishModules.tap('ContractGuard', (modules) => {
        for (const module of modules) {
          const resource = module.nameForCondition()
          const forbidden = resource !== null && FORBIDDEN.find(({ has }) => has(resource))
          if (!forbidden) continue
          const chain: string[] = []
          for (let importer = compilation.moduleGraph.getIssuer(module); importer; importer = compilation.moduleGraph.getIssuer(importer)) {
            const path = importer.nameForCondition()
            if (path !== null && !isMadeUp(path)) chain.unshift(relative(process.cwd(), path))
          }
          throw new Error(
            `the workflow bundle contains ${forbidden.name}, which ${chain.join(' imports ')} imports. ` +
              'In the sandbox it costs about five times the memory of a cached workflow: import the contract as a type ("import type"), and pass values that you need to know by the input or an activity',
          )
        }
      })
    })
  }
}
