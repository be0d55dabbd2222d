import type { ProgramVersion } from './versions.ts'

/**
 * OpenSearch without plugins, laid out as in its own "min" archive, which brings a Java. From a Maven repository come the same libraries,
 * with what the archive has around them written by us: the launcher, and a descriptor for each module.
 */
function openSearch(version: string, libraries: { readonly log4j: string }): ProgramVersion<object> {
  const archiveUrl = `https://artifacts.opensearch.org/releases/core/opensearch/${version}/opensearch-min-${version}-{os}-{arch}.tar.gz`
  return {
    version,
    capabilities: {},
    commands: ['opensearch'],
    binFolder: 'bin',
    release: { archiveUrl, checksumsUrl: `${archiveUrl}.sha512`, architectures: { amd64: 'x64' }, systems: ['linux'] },
    maven: {
      // Older ones do not know -Djava.security.manager=allow; newer ones have no security manager.
      java: { oldest: 17, newest: 23, homeVariable: 'OPENSEARCH_JAVA_HOME' },
      artifacts: [
        `org.opensearch:opensearch:${version}`,
        `org.opensearch:opensearch-plugin-classloader:${version}`,
        `org.opensearch.plugin:transport-netty4-client:${version}`,
        `org.opensearch.plugin:mapper-extras-client:${version}`,
        // The version that OpenSearch's own log4j-api has.
        `org.apache.logging.log4j:log4j-core:${libraries.log4j}`,
      ],
      folders: {
        'modules/transport-netty4': ['io/netty/', 'org/opensearch/plugin/transport-netty4-client/'],
        'modules/mapper-extras': ['org/opensearch/plugin/mapper-extras-client/'],
        // It makes the folder itself if it is not there, which it may not be allowed to.
        plugins: [],
      },
      files: {
        'bin/opensearch': LAUNCHER,
        'modules/transport-netty4/plugin-descriptor.properties': descriptor('transport-netty4', version, 'org.opensearch.transport.Netty4Plugin'),
        'modules/transport-netty4/plugin-security.policy': SOCKET_POLICY,
        // Temporal's index has fields of its type scaled_float.
        'modules/mapper-extras/plugin-descriptor.properties': descriptor('mapper-extras', version, 'org.opensearch.index.mapper.MapperExtrasPlugin'),
      },
    },
  }
}

function descriptor(name: string, version: string, className: string): string {
  const properties = {
    name,
    description: `Module ${name} of OpenSearch`,
    version,
    'opensearch.version': version,
    'java.version': '17',
    classname: className,
  }
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
}

/** What the HTTP and transport module may do, in the words of Java's security manager. */
const SOCKET_POLICY = `grant {
  permission java.net.SocketPermission "*", "accept,connect";
  permission java.io.FilePermission "/proc/sys/net/core/somaxconn", "read";
  permission java.lang.RuntimePermission "getClassLoader";
  permission java.lang.RuntimePermission "setContextClassLoader";
  permission java.util.PropertyPermission "sun.nio.ch.bugLevel", "write";
};
`

/** The same variables as the launcher of the archive. It becomes the program: signals reach it. */
const LAUNCHER = `#!/bin/sh
# Starts OpenSearch with the Java of OPENSEARCH_JAVA_HOME, or the first on the PATH.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
java=\${OPENSEARCH_JAVA_HOME:+$OPENSEARCH_JAVA_HOME/bin/}java
scratch=\${OPENSEARCH_TMPDIR:-\${TMPDIR:-/tmp}}
# The variable holds options, separated by spaces.
# shellcheck disable=SC2086
exec "$java" \${OPENSEARCH_JAVA_OPTS:-} \\
  -Djava.io.tmpdir="$scratch" -XX:ErrorFile="$scratch/hs_err_pid%p.log" \\
  -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djna.nosys=true -XX:-OmitStackTraceInFastThrow \\
  -Dio.netty.noUnsafe=true -Dio.netty.noKeySetOptimization=true -Dio.netty.recycler.maxCapacityPerThread=0 \\
  -Dlog4j.shutdownHookEnabled=false -Dlog4j2.disable.jmx=true \\
  -Dopensearch.path.home="$home" -Dopensearch.path.conf="\${OPENSEARCH_PATH_CONF:-$home/config}" \\
  -Dopensearch.distribution.type=tar -Dopensearch.bundled_jdk=false \\
  -cp "$home/lib/*" org.opensearch.bootstrap.OpenSearch "$@"
`

/** One version: the one that Temporal's server and tool were tried with. */
export const OPENSEARCH_VERSIONS: readonly ProgramVersion<object>[] = [openSearch('2.19.1', { log4j: '2.21.0' })]
