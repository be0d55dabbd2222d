import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { stateOwner } from '../state/index.ts'
import { ok, warning, type Check, type DoctorContext, type Finding } from './check.ts'
import { filesBelow } from './secrets.ts'

/** A start renews what has less than a third of its life ahead: a platform that runs on for so long comes near its end. */
const NEAR_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1000

export const certificates: Check = {
  name: 'certificates',
  async run(context) {
    const files = (await filesBelow(context.state.certificates)).filter((path) => path.endsWith('.crt'))
    if (files.length === 0) return [ok('none yet; the first start makes them')]
    const findings = (await Promise.all(files.map((path) => look(path, context)))).filter((finding) => finding !== undefined)
    if (findings.length === 0) return [ok(`${files.length} certificates, valid for more than ${NEAR_DAYS} days`)]
    return findings
  },
}

async function look(path: string, { state, now }: DoctorContext): Promise<Finding | undefined> {
  const isRunning = (await stateOwner(state)) !== undefined
  const fix = isRunning ? './sundial down, then ./sundial up: the start renews it' : './sundial up: the start renews it'
  const end = endOf(await readFile(path, 'utf8'))
  const name = basename(path)
  if (end === undefined) return warning(`${path} is not a certificate`, 'a certificate', fix)
  const days = (end.getTime() - now.getTime()) / DAY_MS
  if (days <= 0) return warning(`${name} ended on ${end.toISOString().slice(0, 10)}: ${path}`, 'a certificate that is valid', fix)
  return days < NEAR_DAYS ? warning(`${name} ends in ${Math.ceil(days)} days: ${path}`, `more than ${NEAR_DAYS} days`, fix) : undefined
}

function endOf(text: string): Date | undefined {
  try {
    return new Date(new X509Certificate(text).validTo)
  } catch {
    return undefined
  }
}
