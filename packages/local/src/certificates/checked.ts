import { createHash, X509Certificate } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ProcessPlan } from '@sundial/platform/process'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import { isFresh } from './lifetime.ts'

type Certificates = Pick<ProcessPlan, 'trustDomains' | 'certificates'>

/** Whether all certificates are those that were found good for the same plan, byte for byte, and still fresh. */
export async function isAsChecked(plan: Certificates, now: Date): Promise<boolean> {
  const path = recordPath(plan)
  const record = path === undefined ? undefined : await readFileIfPresent(path)
  if (record === undefined) return false
  const files = await readAll(plan)
  return files !== undefined && record === digest(plan, files) && (await arePrivate(plan)) && files.certificates.every((pem) => isFresh(lifetimeOf(pem), now))
}

/** Remembers that all of them are good now. */
export async function recordChecked(plan: Certificates): Promise<void> {
  const path = recordPath(plan)
  const files = await readAll(plan)
  if (path !== undefined && files !== undefined) await writeFileAtomically(path, digest(plan, files))
}

function recordPath({ trustDomains: [first] }: Certificates): string | undefined {
  return first && join(dirname(first.caFile), 'checked')
}

interface Files {
  readonly certificates: readonly string[]
  readonly keys: readonly string[]
}

/** Nothing if one is missing. */
async function readAll({ trustDomains, certificates }: Certificates): Promise<Files | undefined> {
  const read = (paths: readonly string[]) => Promise.all(paths.map((path) => readFileIfPresent(path)))
  const [found, keys] = await Promise.all([
    read([...trustDomains.map(({ caFile }) => caFile), ...certificates.map(({ certFile }) => certFile)]),
    read([...trustDomains, ...certificates].map(({ keyFile }) => keyFile)),
  ])
  const isThere = (text: string | undefined) => text !== undefined
  return found.every(isThere) && keys.every(isThere) ? { certificates: found, keys } : undefined
}

/** Keys that others may read are made private where they are read. */
async function arePrivate({ trustDomains, certificates }: Certificates): Promise<boolean> {
  const modes = await Promise.all([...trustDomains, ...certificates].map(async ({ keyFile }) => (await stat(keyFile)).mode & 0o777))
  return modes.every((mode) => mode === 0o600)
}

function digest(plan: Certificates, { certificates, keys }: Files): string {
  const wanted = { trustDomains: plan.trustDomains, certificates: plan.certificates }
  return createHash('sha256')
    .update(JSON.stringify([wanted, certificates, keys]))
    .digest('hex')
}

function lifetimeOf(pem: string) {
  const { validFrom, validTo } = new X509Certificate(pem)
  return { notBefore: new Date(validFrom), notAfter: new Date(validTo) }
}
