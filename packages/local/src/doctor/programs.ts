import { connect } from 'node:net'
import { programRequests } from '../programs.ts'
import { programFolder } from '../toolchain/cache-folder.ts'
import { newContext, type Context } from '../toolchain/context.ts'
import { StepError, variableOf, whatToDo } from '../toolchain/errors.ts'
import { fromExplicitPath } from '../toolchain/explicit.ts'
import { checkGo } from '../toolchain/go-version.ts'
import { folderProblem } from '../toolchain/manifest.ts'
import { checkJava } from '../toolchain/java.ts'
import type { MavenSource, ProgramRequest } from '../toolchain/program.ts'
import { runCommand } from '../toolchain/run-command.ts'
import { ok, problem, warning, type Check, type Finding } from './check.ts'

/** How long a server may take to accept a connection, milliseconds. */
const CONNECT_MS = 1_000

/** The released programs, by the ways in which the start would have them. Nothing is fetched. */
export const programs: Check = {
  name: 'programs',
  async run({ plan, env }) {
    return plan ? Promise.all(programRequests(plan).map((request) => lookAtProgram(request, env))) : []
  },
}

/** One program: where it is, or how it would come. */
export async function lookAtProgram(request: ProgramRequest, env: NodeJS.ProcessEnv): Promise<Finding> {
  const { name, version, commands } = request
  const said: string[] = []
  const context = newContext(request, { env, onProgress: ({ message }) => said.push(message) })
  const variable = variableOf(name)
  try {
    const explicit = await fromExplicitPath(context)
    if (explicit && said.length > 0) return warning(said.join('; '), `${name} ${version}`, `correct ${variable}, or unset it`)
    if (explicit) return ok(`${name} ${version}, named by ${variable}`)
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    return problem(error.message, `a folder with ${commands.join(' and ')}`, `correct ${variable}, or unset it`)
  }
  const folder = programFolder(request, env)
  const lack = await folderProblem(folder, request)
  if (lack === undefined) return ok(`${name} ${version}, in ${folder}`)
  const all = await Promise.all([
    releaseWay(request),
    ...(request.maven && !request.go ? [] : [goWay(context)]),
    ...(request.maven ? [mavenWay(context, request.maven)] : []),
  ])
  const found = `${name} ${version}: ${folder} ${lack.message}`
  const ways = all.flatMap((way) => ('works' in way ? [way.works] : []))
  if (ways.length > 0) return warning(found, `the program; the next start ${ways[0]}`, './sundial toolchain')
  const why = all.flatMap((way) => ('fails' in way ? [way.fails] : []))
  return problem(found, `a way to have it; ${why.join('; ')}`, whatToDo(request))
}

type Way = { readonly works: string } | { readonly fails: string }

async function releaseWay({ release }: ProgramRequest): Promise<Way> {
  if (!release) return { fails: 'there is no release to download' }
  const { hostname, host, port, protocol } = new URL(release.archiveUrl)
  const isReached = await canConnect(hostname, Number(port) || (protocol === 'http:' ? 80 : 443))
  return isReached ? { works: `downloads it from ${host}` } : { fails: `${host} is not reached` }
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (isReached: boolean): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(isReached)
    }
    const timer = setTimeout(() => end(false), CONNECT_MS)
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}

async function goWay(context: Context): Promise<Way> {
  const { go } = context.request
  if (!go) return { fails: 'it is no Go module' }
  try {
    await checkGo(context, go.minimumVersion)
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    return { fails: error.message }
  }
  const { stdout: proxy } = await runCommand('go', ['env', 'GOPROXY'], { env: context.env })
  if (proxy.trim() === 'off') return { fails: 'GOPROXY is off, so Go fetches nothing' }
  return { works: 'builds it with Go, which takes minutes' }
}

async function mavenWay(context: Context, { java }: MavenSource): Promise<Way> {
  try {
    await checkJava(context, java)
  } catch (error) {
    if (!(error instanceof StepError)) throw error
    return { fails: error.message }
  }
  const hasMaven = await runCommand('mvn', ['--version'], { env: context.env }).then(
    ({ code }) => code === 0,
    () => false,
  )
  return hasMaven ? { works: 'puts it together from Maven' } : { fails: 'Maven (mvn) is not installed, or not on the PATH' }
}
