import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { logLevelProblem } from '../logging/levels.ts'
import { SettingsError } from './settings-error.ts'

/** Where something listens or is called. An IPv6 host is without its brackets. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** The limits of a number, and its value when the variable is not set. */
export interface NumberRange {
  readonly default?: number
  /** @default no limit */
  readonly min?: number
  /** @default no limit */
  readonly max?: number
}

/**
 * Reads environment variables and collects what is wrong with them, so that a user can repair all of it at once.
 * A method that finds a problem returns an empty value of its type: call {@link finish} before using any.
 * A variable that is set to nothing counts as not set.
 */
export class SettingsReader {
  #env: NodeJS.ProcessEnv
  readonly #problems: string[] = []

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env
  }

  /** Gives variables that are not set, or are empty, the values that another source has for them. */
  underlay(values: Readonly<Record<string, string | undefined>>): void {
    const missing = Object.entries(values).filter(([name]) => this.optional(name) === undefined)
    this.#env = { ...this.#env, ...Object.fromEntries(missing) }
  }

  /** Names and values of all variables whose names begin so, also of those that are set to nothing. */
  startingWith(prefix: string): [name: string, value: string][] {
    return Object.entries(this.#env).flatMap(([name, value]) => (name.startsWith(prefix) && value !== undefined ? [[name, value.trim()]] : []))
  }

  /** A text that must be there. */
  text(name: string): string {
    const value = this.optional(name)
    if (value === undefined) this.problem(`${name} is not set`)
    return value ?? ''
  }

  /** A text, or nothing. */
  optional(name: string): string | undefined {
    const value = this.#env[name]?.trim()
    return value === '' ? undefined : value
  }

  /** `host:port`, the port from 0 (any that is free) to 65535; an IPv6 host stands in brackets. */
  address(name: string): Address {
    const value = this.optional(name)
    const address = value === undefined ? undefined : parseAddress(value)
    if (!address) this.problem(`${name} ${value === undefined ? 'is not set' : `is "${value}"`}; write host:port, such as 127.0.0.1:7233`)
    return address ?? { host: '', port: 0 }
  }

  /** An http or https URL, as it was written. */
  url(name: string): string {
    const value = this.text(name)
    if (value !== '' && !isHttpUrl(value)) this.problem(`${name} is "${value}"; write an http or https URL`)
    return value
  }

  /** A number within limits. Required when there is no default. */
  number(name: string, range: NumberRange = {}): number {
    const value = this.optional(name)
    if (value === undefined && range.default !== undefined) return range.default
    const number = value === undefined ? Number.NaN : Number(value)
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range
    if (number >= min && number <= max) return number
    this.problem(`${name} ${value === undefined ? 'is not set' : `is "${value}"`}; write a number${describe(range)}`)
    return 0
  }

  /** `true` or `false`, or nothing. */
  flag(name: string): boolean | undefined {
    const value = this.optional(name)?.toLowerCase()
    if (value === undefined) return undefined
    if (!['true', 'false', '1', '0'].includes(value)) this.problem(`${name} is "${value}"; write true or false`)
    return value === 'true' || value === '1'
  }

  /** The content of the file that the variable names, without white space at its ends. */
  file(name: string): string {
    const path = this.readableFile(name)
    if (path === undefined) return ''
    const content = readFileSync(path, 'utf8').trim()
    if (content === '') this.problem(`${name} names ${path}, which is empty`)
    return content
  }

  /**
   * The path that the variable names, which must be of a file that can be read. Nothing, and a problem, otherwise.
   *
   * @param inFolder if the variable names a folder, the file in it. @default a folder is a problem
   */
  readableFile(name: string, inFolder?: string): string | undefined {
    const named = this.text(name)
    if (named === '') return undefined
    const path = inFolder !== undefined && isFolder(named) ? join(named, inFolder) : named
    try {
      readFileSync(path)
      return path
    } catch (error) {
      this.problem(
        `${name} names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}); check the path and its permissions`,
      )
      return undefined
    }
  }

  /** Adds a problem that the caller found, once if several callers find it. Name the variable, and never write a secret. */
  problem(message: string): void {
    if (!this.#problems.includes(message)) this.#problems.push(message)
  }

  /** Throws a {@link SettingsError} if any problem was seen. Looks at LOG_LEVEL, too, which every process has. */
  finish(): void {
    const level = this.optional('LOG_LEVEL')
    const problem = level === undefined ? undefined : logLevelProblem(level)
    if (problem !== undefined) this.problem(problem)
    if (this.#problems.length > 0) throw new SettingsError(this.#problems)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function parseAddress(value: string): Address | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:/\s[\]]+)):(\d{1,5})$/.exec(value)
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  return host !== undefined && port <= 65_535 ? { host, port } : undefined
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function describe({ min, max }: NumberRange): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return `, at least ${min}`
  return max === undefined ? '' : `, at most ${max}`
}
