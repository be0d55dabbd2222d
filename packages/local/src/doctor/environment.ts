import { VERSIONS } from '@sundial/platform/model'
import { suggest } from '@sundial/platform'
import { variableOf } from '../toolchain/errors.ts'
import { ok, warning, type Check, type Finding } from './check.ts'

const LOOPBACK = ['127.0.0.1', 'localhost']

/** Variables that change what programs do. Processes of the platform get none of them; this command, and what you run beside it, do. */
export const environment: Check = {
  name: 'environment',
  async run({ env }) {
    const findings = [...foreign(env), ...nodeOptions(env), ...proxy(env), ...unknown(env)]
    return findings.length > 0 ? findings : [ok('no variable interferes')]
  },
}

function foreign(env: NodeJS.ProcessEnv): Finding[] {
  const names = Object.keys(env).filter((name) => /^(TEMPORAL_\w+|PG(HOST|HOSTADDR|PORT|USER|PASSWORD|DATABASE|SERVICE|SSLMODE|OPTIONS))$/.test(name))
  if (names.length === 0) return []
  const found = `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} set`
  return [warning(found, 'none: temporal, tdbg and psql, run by hand, go where they say', `unset ${names.join(' ')}`)]
}

function nodeOptions({ NODE_OPTIONS: options }: NodeJS.ProcessEnv): Finding[] {
  return options ? [warning(`NODE_OPTIONS is ${options}`, 'none: this command runs with it, and what it starts does not', 'unset NODE_OPTIONS')] : []
}

function proxy(env: NodeJS.ProcessEnv): Finding[] {
  const name = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'].find((each) => env[each])
  if (name === undefined) return []
  const spared = (env['no_proxy'] || env['NO_PROXY'] || '').split(/[\s,]+/)
  const missing = spared.includes('*') ? [] : LOOPBACK.filter((host) => !spared.includes(host))
  if (missing.length === 0) return []
  const fix = `export no_proxy=${[...spared.filter(Boolean), ...missing].join(',')}`
  return [warning(`${name} is set, and no_proxy lacks ${missing.join(' and ')}`, 'direct calls to this machine: curl and others would ask the proxy', fix)]
}

/** A misspelt name would be ignored without a word. */
function unknown(env: NodeJS.ProcessEnv): Finding[] {
  const known = ['SUNDIAL_STATE', 'SUNDIAL_CACHE', ...Object.keys(VERSIONS).map(variableOf)]
  return Object.keys(env).flatMap((name) => {
    const meant = name.startsWith('SUNDIAL_') && !known.includes(name) ? suggest(name, known) : undefined
    return meant === undefined ? [] : [warning(`${name} is set, and means nothing`, `one of ${known.join(', ')}`, `correct the name: ${meant}`)]
  })
}
