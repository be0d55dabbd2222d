import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Context } from './context.ts'
import { StepError } from './errors.ts'
import { checkJava } from './java.ts'
import type { MavenSource } from './program.ts'
import { lastLines, runCommand } from './run-command.ts'

/** A fixed version, so that a machine's Maven of any age does the same. */
const COPY_GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies'

/**
 * Has Maven fetch a program's libraries, each checked against its published checksum, and lays them out with the files around them.
 * @throws StepError with what did not work
 */
export async function fromMaven(context: Context, staging: string): Promise<void> {
  const { request } = context
  const { maven } = request
  if (!maven) throw new StepError('maven', 'this program is not in a Maven repository')
  await checkJava(context, maven.java)
  const project = join(staging, 'maven')
  const jars = join(project, 'jars')
  await mkdir(project)
  await writeFile(join(project, 'pom.xml'), pom(request.name, maven.artifacts))
  // Strict: a library that does not have its published checksum ends it. In the repository's layout, since folders then name the groups.
  const args = ['--batch-mode', '--strict-checksums', '--no-transfer-progress', COPY_GOAL, `-DoutputDirectory=${jars}`, '-DincludeScope=runtime']
  await runMaven(context, [...args, '-Dmdep.useRepositoryLayout=true'], project)
  await layOut(maven, jars, join(staging, 'content'))
}

async function runMaven(context: Context, args: readonly string[], cwd: string): Promise<void> {
  const begin = Date.now()
  const tell = () => context.report('maven', `fetching libraries with Maven, ${Math.round((Date.now() - begin) / 1000)} s`)
  tell()
  const timer = setInterval(tell, 1000)
  try {
    const { code, stdout } = await runCommand('mvn', args, { env: context.env, cwd, signal: context.signal }).catch((error: NodeJS.ErrnoException) => {
      context.signal.throwIfAborted()
      if (error.code === 'ENOENT') throw new StepError('maven', 'Maven (mvn) is not installed, or not on the PATH', error)
      throw error
    })
    if (code !== 0) throw new StepError('maven', `mvn ended with ${code}: ${problemOf(stdout)}`)
  } finally {
    clearInterval(timer)
  }
}

/** Maven says what went wrong first, and then where to read about it. */
function problemOf(output: string): string {
  const errors = output.split('\n').flatMap((line) => /^\[ERROR\] (.*\S)/.exec(line)?.[1] ?? [])
  return errors.slice(0, 2).join('\n') || lastLines(output)
}

async function layOut({ folders, files }: MavenSource, jars: string, content: string): Promise<void> {
  for (const folder of ['lib', ...Object.keys(folders)]) await mkdir(join(content, folder), { recursive: true })
  for (const path of await readdir(jars, { recursive: true })) {
    if (!path.endsWith('.jar')) continue
    const folder = Object.entries(folders).find(([, beginnings]) => beginnings.some((beginning) => path.startsWith(beginning)))?.[0] ?? 'lib'
    await rename(join(jars, path), join(content, folder, basename(path)))
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(content, path)), { recursive: true })
    await writeFile(join(content, path), text)
  }
}

function pom(name: string, artifacts: readonly string[]): string {
  const dependencies = artifacts.map((artifact) => {
    const [group, id, version] = artifact.split(':')
    return `<dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${version}</version></dependency>`
  })
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion>
<groupId>sundial</groupId><artifactId>${name}</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
${dependencies.join('\n')}
</dependencies>
</project>
`
}
