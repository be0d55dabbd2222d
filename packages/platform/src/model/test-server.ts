import type { ProgramVersion } from './versions.ts'

/**
 * Temporal's server for tests, in which time can be skipped. Its releases have no checksums; the libraries in a Maven repository do, and they are the
 * same program, which a launcher of ours starts.
 */
function testServer(version: string, libraries: { readonly slf4j: string }): ProgramVersion<object> {
  return {
    version,
    capabilities: {},
    commands: ['temporal-test-server'],
    binFolder: 'bin',
    maven: {
      java: { oldest: 8, homeVariable: 'JAVA_HOME' },
      // The second writes what goes wrong to standard error: without one like it the server is mute.
      artifacts: [`io.temporal:temporal-test-server:${version}`, `org.slf4j:slf4j-simple:${libraries.slf4j}`],
      folders: {},
      files: { 'bin/temporal-test-server': launcher(version) },
    },
  }
}

/** Arguments: a port, and perhaps `--enable-time-skipping`. It becomes the program: signals reach it. The options of Java are for a short life. */
function launcher(version: string): string {
  return `#!/bin/sh
# Starts Temporal's test server with the Java of JAVA_HOME, or the first on the PATH.
set -eu
if [ "\${1:-}" = --version ]; then echo 'temporal-test-server ${version}'; exit; fi
home=$(cd "$(dirname "$0")/.." && pwd)
java=\${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \\
  -cp "$home/lib/*" io.temporal.testserver.TestServer "$@"
`
}

export const TEST_SERVER_VERSIONS: readonly ProgramVersion<object>[] = [testServer('1.38.0', { slf4j: '1.7.36' })]
