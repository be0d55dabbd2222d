import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parse } from 'es-module-lexer/js'
import { resolve } from 'import-meta-resolve'

/** The code of one process. */
export interface ModuleSet {
  /** Changes when the content of a file does, or when files come or go. */
  readonly fingerprint: string
  /** Absolute paths of the project's own files. */
  readonly files: readonly string[]
  /** Addresses of modules that come from elsewhere: installed packages. */
  readonly installed: readonly string[]
}

interface Module {
  readonly stamp: string
  readonly hash: string
  readonly own: readonly string[]
  readonly installed: readonly string[]
}

/** A file that a module reads or hands to others by its place: how a worker names its workflows. */
const BY_PLACE = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+)\1\s*,\s*import\.meta\.url/g
const CODE = /\.[cm]?js$/

/**
 * Follows the imports of built modules through a project. Installed packages count as one thing each: they change with an installation,
 * not while one works. What was read is kept while a file's time and size are the same.
 */
export class ModuleGraph {
  readonly #root: string
  readonly #modules = new Map<string, Module>()

  constructor(root: string) {
    this.#root = realpathSync(root)
  }

  /** All that a module leads to, itself too. A file that is not there is part of it by its name. */
  of(entries: readonly string[]): ModuleSet {
    const found = new Map<string, Module>()
    const waiting = [...entries]
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (found.has(path)) continue
      const module = this.#read(path)
      found.set(path, module)
      waiting.push(...module.own)
    }
    const files = [...found.keys()].toSorted()
    const content = files.map((path) => `${path} ${found.get(path)?.hash}`).join('\n')
    const installed = new Set([...found.values()].flatMap((module) => module.installed))
    return { fingerprint: hash(content), files, installed: [...installed].toSorted() }
  }

  /** The project's own file behind a name that another one imports, if it is one. */
  resolve(specifier: string, parent: string): string | undefined {
    const url = locate(specifier, parent)
    return url !== undefined && this.#isOwn(url) ? fileURLToPath(url) : undefined
  }

  #read(path: string): Module {
    const info = statSync(path, { throwIfNoEntry: false })
    if (info?.isDirectory()) return { stamp: '', hash: '', own: readdirSync(path).map((name) => join(path, name)), installed: [] }
    const stamp = info === undefined ? 'missing' : `${info.mtimeMs} ${info.size}`
    const known = this.#modules.get(path)
    if (known?.stamp === stamp) return known
    const module = { stamp, ...this.#parse(path, info === undefined ? undefined : readFileSync(path, 'utf8')) }
    this.#modules.set(path, module)
    return module
  }

  #parse(path: string, content: string | undefined): Omit<Module, 'stamp'> {
    if (content === undefined || !CODE.test(path)) return { hash: hash(content ?? ''), own: [], installed: [] }
    const urls = importsOf(content).flatMap((specifier) => locate(specifier, path) ?? [])
    const places = [...content.matchAll(BY_PLACE)].map(([, , place = '']) => new URL(place, pathToFileURL(path)).href)
    return {
      hash: hash(content),
      own: [...urls, ...places].filter((url) => this.#isOwn(url)).map((url) => fileURLToPath(url)),
      installed: urls.filter((url) => url.startsWith('file:') && !this.#isOwn(url)),
    }
  }

  #isOwn(url: string): boolean {
    if (!url.startsWith('file:')) return false
    const path = fileURLToPath(url)
    return path.startsWith(`${this.#root}${sep}`) && !path.includes(`${sep}node_modules${sep}`)
  }
}

/** What is no module gives none: the process itself will say what is wrong with it. */
function importsOf(content: string): string[] {
  try {
    const [imports] = parse(content)
    return imports.flatMap(({ n: specifier }) => specifier ?? [])
  } catch {
    return []
  }
}

function locate(specifier: string, parent: string): string | undefined {
  if (isBuiltin(specifier)) return undefined
  try {
    return resolve(specifier, pathToFileURL(parent).href)
  } catch {
    return undefined
  }
}

function hash(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}
