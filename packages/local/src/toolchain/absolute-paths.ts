import { resolve } from 'node:path'

const NAMES_A_PATH = /^(SUNDIAL_(CACHE|PROGRAM_\w+)|XDG_CACHE_HOME|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/

/** An environment for a process with another working folder than ours: what the variables that we read say of paths is seen from ours. */
export function absolutePaths(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value && NAMES_A_PATH.test(name) ? resolve(value) : value]))
}
