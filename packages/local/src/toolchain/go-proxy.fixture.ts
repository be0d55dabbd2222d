import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'

const run = promisify(execFile)

const FILES: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/clock\n\ngo 1.21\n',
  'cmd/server/main.go': 'package main\n\nimport "example.com/clock/internal/version"\n\nfunc main() { println(version.Text) }\n',
  'cmd/tools/wind/main.go': 'package main\n\nimport "example.com/clock/internal/version"\n\nfunc main() { println("wind", version.Text) }\n',
  'cmd/linked/main.go': 'package main\n\nimport "example.com/clock/internal/version"\n\nfunc main() { println("linked version", version.Release) }\n',
  'words/words.go': 'package words\n\nfunc Say(version string) string { return "made of clock, version " + version }\n',
  // Different each time: Go keeps what it has compiled, and here it has to compile.
  'internal/version/version.go': `package version\n\n// ${randomUUID()}\nconst Text = "version 1.2.3"\n\nvar Release = "0.0.0"\n`,
}

/** A module proxy in a folder (https://go.dev/ref/mod#goproxy-protocol), with example.com/clock v1.2.3 and nothing else. */
export async function goProxy(): Promise<string> {
  const [source, proxy] = [await temporaryFolder(), await temporaryFolder()]
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(source, path)), { recursive: true })
    await writeFile(join(source, path), content)
  }
  const versions = join(proxy, 'example.com', 'clock', '@v')
  await mkdir(versions, { recursive: true })
  await writeFile(join(versions, 'list'), 'v1.2.3\n')
  await writeFile(join(versions, 'v1.2.3.info'), '{"Version":"v1.2.3"}')
  await writeFile(join(versions, 'v1.2.3.mod'), await readFile(join(source, 'go.mod')))
  const git = (...args: string[]) => run('git', args, { cwd: source })
  await git('init', '--quiet')
  await git('add', '.')
  const { stdout: tree } = await git('write-tree')
  await git('archive', '--format=zip', '--prefix=example.com/clock@v1.2.3/', `--output=${join(versions, 'v1.2.3.zip')}`, tree.trim())
  return proxy
}
