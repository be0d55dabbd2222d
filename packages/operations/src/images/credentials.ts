import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A login, as `docker login` leaves it behind. */
export interface Login {
  readonly user: string
  readonly password: string
}

export function basicAuthorization({ user, password }: Login): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string }>>
  readonly credHelpers?: Readonly<Record<string, string>>
  readonly credsStore?: string
}

/** What Docker calls its own registry in its files. */
const DOCKER_HUB_KEYS = ['https://index.docker.io/v1/', 'index.docker.io', 'registry-1.docker.io']
const HELPER_MS = 30_000

/** Reads `$DOCKER_CONFIG/config.json`, or `~/.docker/config.json`, and asks the helper that it names. @returns nothing if nobody has logged in */
export async function loginFor(registry: string, env: NodeJS.ProcessEnv = process.env): Promise<Login | undefined> {
  const file = join(env['DOCKER_CONFIG'] || join(env['HOME'] || homedir(), '.docker'), 'config.json')
  const config = await readConfig(file)
  const keys = registry === 'docker.io' ? [registry, ...DOCKER_HUB_KEYS] : [registry, `https://${registry}`]
  for (const key of keys) {
    const helper = config.credHelpers?.[key] ?? (config.auths?.[key] && !config.auths[key].auth ? config.credsStore : undefined)
    const login = helper === undefined ? decoded(config.auths?.[key]?.auth) : await askHelper(helper, key, env)
    if (login) return login
  }
  return undefined
}

async function readConfig(file: string): Promise<DockerConfig> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  try {
    return JSON.parse(text) as DockerConfig
  } catch (error) {
    throw new Error(`${file} is not JSON`, { cause: error })
  }
}

function decoded(auth: string | undefined): Login | undefined {
  if (!auth) return undefined
  const [user = '', ...password] = Buffer.from(auth, 'base64').toString('utf8').split(':')
  return { user, password: password.join(':') }
}

/** A helper reads the registry from its standard input, and answers in JSON. */
async function askHelper(helper: string, key: string, env: NodeJS.ProcessEnv): Promise<Login> {
  const answer = promisify(execFile)(`docker-credential-${helper}`, ['get'], { env, timeout: HELPER_MS })
  answer.child.stdin?.end(key)
  const { stdout } = await answer
  const { Username: user, Secret: password } = JSON.parse(stdout) as { Username: string; Secret: string }
  return { user, password }
}
