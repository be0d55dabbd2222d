import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GoModule } from './program.ts'
import type { Context } from './context.ts'
import { StepError } from './errors.ts'
import { checkGo } from './go-version.ts'
import { lastLines, runCommand } from './run-command.ts'

/** How often progress is told while nothing is printed, milliseconds. Linking a server takes many seconds in silence. */
const PROGRESS_MS = 1000

/**
 * Builds the commands with `go install`, which fetches sources by the module's checksum, and puts them into a folder.
 * @throws StepError with what did not work
 */
export async function fromGo(context: Context, staging: string): Promise<void> {
  const { go, commands, version } = context.request
  if (!go) throw new StepError('go', 'this program is not a Go module')
  await checkGo(context, go.minimumVersion)
  if (go.module) return fromModule(context, go.module, staging)
  for (const command of commands) {
    const path = go.packages?.[command]
    if (path === undefined) throw new StepError('go', `no package is known for ${command}`)
    const folder = join(staging, `go-${command}`)
    await mkdir(folder)
    await install(context, `${path}@v${version}`, folder)
    // A binary is called as its package, and many are called "server".
    const [binary] = await readdir(folder)
    if (binary === undefined) throw new StepError('go', `${path} is not a program`)
    await rename(join(folder, binary), join(staging, 'content', command))
  }
}

/** Go's checksum database answers for the libraries, as it does for a module that is installed. */
async function fromModule(context: Context, { goMod, main }: GoModule, staging: string): Promise<void> {
  const folder = join(staging, 'go-module')
  await mkdir(folder)
  await writeFile(join(folder, 'go.mod'), goMod)
  await writeFile(join(folder, 'main.go'), main)
  const [command = ''] = context.request.commands
  await runGo(context, { verb: 'build', options: ['-mod=mod', '-o', join(staging, 'content', command)], module: '.', title: command, folder })
}

/** Outside of any module: the working folder's must not matter. */
async function install(context: Context, module: string, folder: string): Promise<void> {
  await runGo(context, { verb: 'install', options: [], module, title: module, folder })
}

interface GoRun {
  readonly verb: 'install' | 'build'
  readonly options: readonly string[]
  readonly module: string
  /** What is built, for people. */
  readonly title: string
  readonly folder: string
}

async function runGo(context: Context, { verb, options, module, title, folder }: GoRun): Promise<void> {
  const progress = watch(context, title)
  try {
    const env = { ...context.env, GOBIN: folder, GOFLAGS: '-buildvcs=false', GOOS: '', GOARCH: '' }
    const { version, go } = context.request
    const linked = go?.versionVariable === undefined ? '' : ` -X ${go.versionVariable}=${go.versionPrefix ?? ''}${version}`
    const args = [verb, '-v', '-trimpath', `-ldflags=-s -w${linked}`, ...options, module]
    const { code, stderr } = await runCommand('go', args, { env, cwd: folder, signal: context.signal, onErrorLine: progress.line })
    if (code !== 0) throw new StepError('go', `go ${verb} ${title} ended with ${code}: ${lastLines(stderr)}`)
  } finally {
    progress.end()
  }
}

/** Go prints a line for each module that it fetches and each package that it compiles. */
function watch({ report }: Context, module: string) {
  const begin = performance.now()
  let fetched = 0
  let compiled = 0
  const tell = () => {
    const seconds = Math.round((performance.now() - begin) / 1000)
    report('go', `building ${module}: ${fetched} modules fetched, ${compiled} packages compiled, ${seconds} s`)
  }
  tell()
  const timer = setInterval(tell, PROGRESS_MS)
  return {
    line(line: string) {
      if (line.startsWith('go: downloading')) fetched++
      else if (!line.startsWith('go: ')) compiled++
    },
    end() {
      clearInterval(timer)
      tell()
    },
  }
}
