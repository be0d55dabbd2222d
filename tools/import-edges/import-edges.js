import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { NODE_MODULES, PACKAGE_EDGES, PLATFORM_LAYERS, SANDBOX, TEST_FILES } from './edges.js'
import { readImports } from './read-imports.js'

/**
 * @typedef {import('./read-imports.js').Import} Import
 * @typedef {{ kind: 'file' | 'package' | 'node' | 'installed', name: string }} Target what an import names: a path of ours, the folder of a package of ours, a module of Node, a dependency
 * @typedef {Import & { target: Target }} Edge
 * @typedef {{ files: ReadonlyMap<string, string>, packages: ReadonlyMap<string, string> }} Tree sources by path, and folders of packages by name
 */

/** What imports must not be there. @param {Tree} tree @returns {string[]} */
export function checkImportEdges({ files, packages }) {
  const edges = new Map([...files].filter(([path]) => packageOf(path)).map(([path, source]) => [path, resolve(path, source, packages)]))
  return [...edges].flatMap(([path, imports]) => [
    ...imports.flatMap((edge) =>
      [checkPackage, checkNode, checkPlatform].flatMap((rule) =>
        rule(path, edge).map((problem) => `${path}:${edge.line}: imports ${edge.specifier}: ${problem}`),
      ),
    ),
    ...checkSandbox(path, edges),
  ])
}

/** @param {string} path @param {string} source @param {Tree['packages']} packages @returns {Edge[]} */
function resolve(path, source, packages) {
  return readImports(path, source).map((entry) => ({ ...entry, target: targetOf(path, entry.specifier, packages) }))
}

/** @param {string} path @param {string} specifier @param {Tree['packages']} packages @returns {Target} */
function targetOf(path, specifier, packages) {
  if (specifier.startsWith('.')) return { kind: 'file', name: posix.join(posix.dirname(path), specifier) }
  if (isBuiltin(specifier)) return { kind: 'node', name: specifier.replace('node:', '') }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  const folder = packages.get(name)
  return folder ? { kind: 'package', name: folder } : { kind: 'installed', name: specifier }
}

/** The folder of the package that a file belongs to. @param {string} path */
function packageOf(path) {
  return /^((packages|apps)\/[^/]+|bench(\/platform)?)(?=\/src\/)/.exec(path)?.[0]
}

/** @param {Readonly<Record<string, readonly string[]>>} table @param {string | undefined} folder @returns {readonly string[] | undefined} */
function entryOf(table, folder) {
  return folder === undefined ? undefined : (table[folder] ?? table[`${posix.dirname(folder)}/*`])
}

/** @param {string} path @param {Edge} edge @returns {string[]} */
function checkPackage(path, { target }) {
  const own = packageOf(path)
  if (target.kind === 'file') return packageOf(target.name) === own ? [] : ['this leaves the package; import the other package by its name']
  if (target.kind !== 'package' || target.name === own) return []
  const may = entryOf(PACKAGE_EDGES, own)
  if (!may) return [`${own} is not in the table of packages; add it to tools/import-edges/edges.js`]
  return may.includes(target.name) ? [] : [`${own} may import ${may.length === 0 ? 'no other package' : `only ${may.join(', ')}`}`]
}

/** @param {string} path @param {Edge} edge @returns {string[]} */
function checkNode(path, { target }) {
  const may = entryOf(NODE_MODULES, packageOf(path))
  if (target.kind !== 'node' || !may || may.includes(target.name) || TEST_FILES.test(path)) return []
  return [`${packageOf(path)} may use ${may.length === 0 ? 'no module of Node' : `of Node only ${may.join(', ')}`}`]
}

const PLATFORM = 'packages/platform/src/'

/** @param {string} path @param {Edge} edge @returns {string[]} */
function checkPlatform(path, { target }) {
  if (target.kind !== 'file' || !path.startsWith(PLATFORM) || !target.name.startsWith(PLATFORM) || TEST_FILES.test(path)) return []
  const [from, to] = [path.slice(PLATFORM.length), target.name.slice(PLATFORM.length)]
  const [here, there] = [layerOf(from), layerOf(to)]
  if (!here.may.includes(there.layer)) return [here.why]
  const folder = there.private?.exec(to)?.[0]
  return folder === undefined || here.layer === 'composition' || from.startsWith(folder)
    ? []
    : [`what is in ${PLATFORM}${folder} and not an interface is its own`]
}

/** @param {string} path within packages/platform/src */
function layerOf(path) {
  const layer = PLATFORM_LAYERS.find(({ files }) => files.test(path))
  if (!layer) throw new Error(`no layer for ${path}`)
  return layer
}

/** @param {string} path @param {ReadonlyMap<string, Edge[]>} edges @returns {string[]} */
function checkSandbox(path, edges) {
  if (!SANDBOX.files.test(path) || TEST_FILES.test(path)) return []
  return (edges.get(path) ?? []).flatMap((edge) => {
    const chain = forbiddenChain(edge, edges, new Set([path]))
    return chain
      ? [
          `${path}:${edge.line}: imports ${chain.join(' -> ')}: workflow code runs in Temporal's sandbox, without Node, zod and contracts; use "import type" where types are enough`,
        ]
      : []
  })
}

/** The way from an import to something that must not be in the sandbox. @param {Edge} edge @param {ReadonlyMap<string, Edge[]>} edges @param {Set<string>} seen @returns {string[] | undefined} */
function forbiddenChain({ specifier, typeOnly, target }, edges, seen) {
  if (typeOnly || seen.has(target.name)) return undefined
  if (target.kind === 'node' || SANDBOX.forbidden.test(specifier)) return [specifier]
  if (target.kind !== 'file') return undefined
  seen.add(target.name)
  for (const next of edges.get(target.name) ?? []) {
    const chain = forbiddenChain(next, edges, seen)
    if (chain) return [target.name, ...chain]
  }
  return undefined
}
