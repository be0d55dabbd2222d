import { DiagnosticsError } from '../../model/diagnostics.ts'
import type { Plan } from '../../model/plan.ts'
import { bindHost, configFolder, listen, volume } from '../../model/values.ts'
import type { ConfigTree } from '../../model/workload.ts'
import type { ProcessAdapter } from '../../targets/process/adapter.ts'
import { workload } from '../component.ts'
import { isSecured } from './access.ts'
import { ELASTICSEARCH } from './names.ts'

const DATA = ELASTICSEARCH
/** Native libraries are unpacked here, and a crash leaves its report. */
const SCRATCH = `${ELASTICSEARCH}-scratch`

/** On a laptop: one node of OpenSearch, which speaks Elasticsearch's protocol as far as Temporal uses it. */
export const elasticsearchProcesses: ProcessAdapter = {
  service: ELASTICSEARCH,
  adapt(service, plan) {
    if (isSecured(plan.platform)) throw unprotected(plan)
    const node = workload({
      name: ELASTICSEARCH,
      component: ELASTICSEARCH,
      area: service.area,
      description: service.description,
      program: { kind: 'released', name: 'opensearch', version: plan.platform.versions.opensearch, command: 'opensearch' },
      env: {
        OPENSEARCH_PATH_CONF: configFolder,
        OPENSEARCH_TMPDIR: volume(SCRATCH),
        OPENSEARCH_JAVA_OPTS: javaOptions(plan.platform.elasticsearch.heapMebibytes).join(' '),
      },
      files: {
        'opensearch.yml': { format: 'yaml', content: settings(plan) },
        'log4j2.properties': { format: 'lines', content: LOGGING },
        'jvm.options': { format: 'lines', content: SCRATCH_OPTIONS },
      },
      volumes: [DATA, SCRATCH],
      ports: { ...service.ports, transport: { number: 9300, protocol: 'tcp' } },
      // Yellow: every record is there, though not twice.
      ready: { kind: 'http', port: 'http', path: '/_cluster/health?wait_for_status=yellow&timeout=1s' },
      stop: { graceSeconds: 30 },
    })
    return { workloads: [node], ready: { party: ELASTICSEARCH, until: 'ready' } }
  },
}

/** Its plugin for that is no part of what is had for a laptop. Better no start than one that only looks protected. */
function unprotected({ platform }: Plan): DiagnosticsError {
  return new DiagnosticsError('SUN_CONFIG_INVALID', `The configuration for one machine, ${platform.environment},`, [
    {
      path: 'elasticsearch.security',
      message: 'is true, unless it is set to false: OpenSearch, which is Elasticsearch on a laptop, runs here without TLS and password',
      hint: 'set it to false for this environment, or use the visibility store postgresql here',
    },
  ])
}

function settings({ platform }: Plan): ConfigTree {
  return {
    'cluster.name': `${platform.name}-${platform.environment}`,
    'node.name': ELASTICSEARCH,
    'discovery.type': 'single-node',
    'network.host': bindHost,
    'http.port': listen('http', 'port'),
    'transport.port': listen('transport', 'port'),
    'path.data': volume(DATA),
    'path.logs': volume(SCRATCH),
    // Needs no kernel setting that a laptop does not have (vm.max_map_count).
    'node.store.allow_mmap': false,
    // A laptop's disk is often fuller than 90 %, where a node would stop taking records.
    'cluster.routing.allocation.disk.threshold_enabled': false,
    // Written to before it is made, the index would get types that Temporal cannot search by.
    'action.auto_create_index': false,
  }
}

/** The heap is what is asked for, no more and no less. Without memory the node ends, and is started again. */
function javaOptions(heapMebibytes: number): string[] {
  return [
    `-Xms${heapMebibytes}m`,
    `-Xmx${heapMebibytes}m`,
    // Else all of the heap is taken at the start.
    '-XX:-AlwaysPreTouch',
    '-XX:+ExitOnOutOfMemoryError',
    // It would write below /tmp.
    '-XX:-UsePerfData',
    // OpenSearch installs a security manager, which Java 18 and newer refuse by default.
    '-Djava.security.manager=allow',
  ]
}

/** OpenSearch's own launcher puts the folder in. */
const SCRATCH_OPTIONS = ['-Djava.io.tmpdir=${OPENSEARCH_TMPDIR}', '-XX:ErrorFile=${OPENSEARCH_TMPDIR}/hs_err_pid%p.log']

/** To standard output only, which is the log of the process. */
const LOGGING = [
  'status = error',
  'appender.console.type = Console',
  'appender.console.name = console',
  'appender.console.layout.type = PatternLayout',
  'appender.console.layout.pattern = [%d{ISO8601}] %-5p %c{1.}: %m%n',
  'rootLogger.level = warn',
  'rootLogger.appenderRef.console.ref = console',
]
