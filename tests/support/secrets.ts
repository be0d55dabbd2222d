import { readFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { entriesBelow } from './files.ts'
import { sharedState } from './platform.ts'

/** Something that nobody may read but those whom it is for, and how it may look elsewhere. */
export interface KnownSecret {
  /** Its file, below the state folder. */
  readonly name: string
  readonly forms: readonly string[]
}

/** Every generated secret and every private key of the platform. */
export async function allSecrets(): Promise<KnownSecret[]> {
  const { root, secrets, certificates } = sharedState()
  const paths = [...(await filesBelow(secrets)), ...(await filesBelow(certificates)).filter((path) => path.endsWith('.key'))]
  return Promise.all(paths.map(async (path) => ({ name: relative(root, path), forms: formsOf(path, (await readFile(path, 'utf8')).trim()) })))
}

/** The names of those secrets that occur in a text. */
export function secretsIn(text: string, secrets: readonly KnownSecret[]): string[] {
  return secrets.filter(({ forms }) => forms.some((form) => text.includes(form))).map(({ name }) => name)
}

export async function filesBelow(folder: string): Promise<string[]> {
  return (await entriesBelow(folder)).filter(({ kind }) => kind === 'file').map(({ path }) => path)
}

/** The private members of a JSON Web Key: the others are public. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const
/** Shorter ones are the end of a key. */
const PEM_LINE = /^[\w+/=]{40,}$/gm

function formsOf(path: string, content: string): string[] {
  if (content.startsWith('-----BEGIN')) return content.match(PEM_LINE) ?? []
  if (content.startsWith('{')) return PRIVATE_MEMBERS.map((member) => String((JSON.parse(content) as Record<string, unknown>)[member]))
  const client = /\/client-([^/]+)$/.exec(dirname(path))?.[1]
  // A client also shows its secret with its name, in base64.
  return client === undefined ? [content] : [content, Buffer.from(`${client}:${content}`).toString('base64')]
}
