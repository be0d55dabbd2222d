import { execFile } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { programFolder } from './cache-folder.ts'
import type { ProgramProgress, ProgramRequest } from './program.ts'
import { emptyCache } from './release-server.fixture.ts'
import { resolvePrograms } from './resolve-programs.ts'

const request: ProgramRequest = {
  name: 'clock',
  version: '1.2.3',
  commands: ['clock'],
  binFolder: 'bin',
  maven: {
    java: { oldest: 17, newest: 23, homeVariable: 'CLOCK_JAVA_HOME' },
    artifacts: ['com.example:clock:1.2.3', 'com.example.bell:ring:2'],
    folders: { 'modules/bell': ['com/example/bell/'], empty: [] },
    files: { 'bin/clock': '#!/bin/sh\necho "clock 1.2.3 with $(ls "$(dirname "$0")/../lib")"\n', 'modules/bell/about': 'rings\n' },
  },
}

const JAVA = `echo 'openjdk version "17.0.15" 2025-04-15' >&2`
/** Lays two libraries out as the real goal does, and tells what it was asked for. */
const MAVEN = `cp pom.xml "$ASKED"
for argument; do case $argument in -DoutputDirectory=*) out=\${argument#*=};; esac; done
mkdir -p "$out/com/example/clock/1.2.3" "$out/com/example/bell/ring/2"
echo jar > "$out/com/example/clock/1.2.3/clock-1.2.3.jar"
echo jar > "$out/com/example/bell/ring/2/ring-2.jar"`

/** A machine with these programs on its path beside those of every system. */
async function machineWith(programs: Readonly<Record<string, string>>): Promise<{ env: NodeJS.ProcessEnv; bin: string; asked: string }> {
  const bin = await temporaryFolder()
  const asked = join(await temporaryFolder(), 'pom.xml')
  for (const [name, script] of Object.entries(programs)) await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  for (const name of ['sh', 'cp', 'mkdir', 'ls', 'dirname', 'cat']) {
    const { stdout } = await promisify(execFile)('sh', ['-c', `command -v ${name}`])
    await writeFile(join(bin, name), `#!/bin/sh\nexec ${stdout.trim()} "$@"\n`, { mode: 0o755 })
  }
  return { env: { ...(await emptyCache()), PATH: bin, ASKED: asked }, bin, asked }
}

test('puts libraries and files where the program has them, and has it from the cache afterwards', async () => {
  const { env, asked } = await machineWith({ java: JAVA, mvn: MAVEN })
  const told: ProgramProgress[] = []
  const program = (await resolvePrograms([request], { env, onProgress: (progress) => told.push(progress) })).get('clock')
  expect(program).toMatchObject({ from: 'maven', commands: { clock: join(programFolder(request, env), 'bin/clock') } })
  expect((await promisify(execFile)(program?.commands['clock'] ?? '')).stdout).toBe('clock 1.2.3 with clock-1.2.3.jar\n')
  expect((await readdir(join(programFolder(request, env), 'modules/bell'))).toSorted()).toEqual(['about', 'ring-2.jar'])
  expect(await readdir(join(programFolder(request, env), 'empty'))).toEqual([])
  expect(await readFile(asked, 'utf8')).toContain(
    '<dependency><groupId>com.example.bell</groupId><artifactId>ring</artifactId><version>2</version></dependency>',
  )
  expect(told).toContainEqual(expect.objectContaining({ step: 'maven', message: expect.stringMatching(/^fetching libraries with Maven, \d+ s$/) }))
  expect((await resolvePrograms([request], { env })).get('clock')?.from).toBe('cache')
})

test('a library that was lost is seen, and all is fetched again', async () => {
  const { env } = await machineWith({ java: JAVA, mvn: MAVEN })
  await resolvePrograms([request], { env })
  await rm(join(programFolder(request, env), 'modules/bell/ring-2.jar'))
  const told: ProgramProgress[] = []
  expect((await resolvePrograms([request], { env, onProgress: (progress) => told.push(progress) })).get('clock')?.from).toBe('maven')
  expect(told).toContainEqual(expect.objectContaining({ step: 'cache', message: expect.stringContaining('has lost modules/bell/ring-2.jar') }))
})

test.each([
  ['no Java', { mvn: MAVEN }, 'Maven: Java is not installed, or not on the PATH; Java 17 to 23 is needed'],
  ['a Java that is too old', { java: `echo 'java version "1.8.0_392"' >&2`, mvn: MAVEN }, 'Maven: java is Java 8, and Java 17 to 23 is needed'],
  ['a Java that is too new', { java: `echo 'openjdk version "25" 2025-09-16' >&2`, mvn: MAVEN }, 'Maven: java is Java 25, and Java 17 to 23 is needed'],
  ['a Java that only says how to get one', { java: 'echo "Unable to locate a Java Runtime" >&2; exit 1', mvn: MAVEN }, 'Unable to locate a Java Runtime'],
  ['no Maven', { java: JAVA }, 'Maven: Maven (mvn) is not installed, or not on the PATH'],
  [
    'a repository that cannot be reached',
    { java: JAVA, mvn: 'echo "[INFO] Scanning"; echo "[ERROR] Could not transfer artifact com.example:clock"; echo "[ERROR] -> [Help 1]"; exit 1' },
    'mvn ended with 1: Could not transfer artifact com.example:clock',
  ],
])('with %s it says so, and leaves nothing', async (_what, programs, message) => {
  const { env } = await machineWith(programs)
  await expect(resolvePrograms([request], { env })).rejects.toMatchObject({
    code: 'SUN_PROGRAM_MISSING',
    message: expect.stringContaining(message),
    hint: expect.stringContaining('install Maven and Java 17 to 23'),
  })
  expect(await readdir(dirname(programFolder(request, env)))).toEqual([])
})

test('what is in the cache needs Java too, when it came from Maven', async () => {
  const { env, bin } = await machineWith({ java: JAVA, mvn: MAVEN })
  await resolvePrograms([request], { env })
  await rm(join(bin, 'java'))
  await expect(resolvePrograms([request], { env })).rejects.toThrow(/Java is not installed/)
  const home = await temporaryFolder()
  await mkdir(join(home, 'bin'))
  await writeFile(join(home, 'bin', 'java'), `#!/bin/sh\n${JAVA}\n`)
  await chmod(join(home, 'bin', 'java'), 0o755)
  expect((await resolvePrograms([request], { env: { ...env, CLOCK_JAVA_HOME: home } })).get('clock')?.from).toBe('cache')
})
