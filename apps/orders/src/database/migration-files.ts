import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** One numbered step of the schema. */
export interface Migration {
  /** The file's name without its ending, such as `0001-orders`. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the file. */
  readonly checksum: string
}

/** The folder is at the root of the package, so that it is the same place for the sources and for `dist`. */
const FOLDER = new URL('../../migrations/', import.meta.url)

/** Reads the migrations in their order. Throws when a file's name does not say its place. */
export async function readMigrations(folder: URL = FOLDER): Promise<Migration[]> {
  const files = (await readdir(folder)).sort()
  const numbers = new Set<string>()
  for (const file of files) {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1]
    if (number === undefined) throw new Error(`${fileURLToPath(new URL(file, folder))}: a migration is called like 0001-orders.sql`)
    if (numbers.has(number)) throw new Error(`${fileURLToPath(new URL(file, folder))}: there are two migrations ${number}; give the later one the next number`)
    numbers.add(number)
  }
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(new URL(file, folder), 'utf8')
      return { name: file.slice(0, -'.sql'.length), sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}
