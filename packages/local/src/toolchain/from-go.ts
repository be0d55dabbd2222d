import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
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
  for (const command of commands) {
    const path = go.packages[command]
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

async function install(context: Context, module: string, folder: string): Promise<void> {
  const progress = watch(context, module)
  try {
    const env = { ...context.env, GOBIN: folder, GOFLAGS: '-buildvcs=false', GOOS: '', GOARCH: '' }
    const { version, go } = context.request
    const linked = go?.versionVariable === undefined ? '' : ` -X ${go.versionVariable}=${version}`
    const args = ['install', '-v', '-trimpath', `-ldflags=-s -w${linked}`, module]
    // Outside of any module: the working folder's must not matter.
    const { code, stderr } = await runCommand('go', args, { env, cwd: folder, signal: context.signal, onErrorLine: progress.line })
    if (code !== 0) throw new StepError('go', `go install ${module} ended with ${code}: ${lastLines(stderr)}`)
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
