import { CERTIFICATE_FOLDER, ENGINE_PASSWORD, ENGINE_USER, FORWARD_PORT, SHARED_KEY } from '../names.ts'

/** Where the chart mounts the collector's volume. */
export const FILES_FOLDER = '/var/log/fluent'
/** Days that files are kept where no search engine takes the logs. */
const KEPT_DAYS = 7

export interface SearchEngine {
  readonly host: string
  readonly port: number
}

interface Collector {
  readonly engine: SearchEngine | undefined
  readonly metricsPort: number
  /** Of its volume. */
  readonly folder: string
}

/** Fluentd's configuration, by file. Secrets are variables of its environment, which it reads itself. */
export function collectorConfig({ engine, metricsPort, folder }: Collector): Record<string, string> {
  return {
    '01_sources.conf': lines(
      ['<source>', '  @type forward', `  port ${FORWARD_PORT}`, '  <transport tls>'],
      [`    cert_path ${CERTIFICATE_FOLDER}/tls.crt`, `    private_key_path ${CERTIFICATE_FOLDER}/tls.key`, '  </transport>'],
      ['  <security>', '    self_hostname fluentd', `    shared_key "#{ENV['${SHARED_KEY}']}"`, '  </security>', '</source>'],
      ['<source>', '  @type prometheus', '  bind 0.0.0.0', `  port ${metricsPort}`, '  metrics_path /metrics', '</source>'],
      ['<source>', '  @type prometheus_output_monitor', '</source>'],
    ),
    '02_filters.conf': '',
    '03_dispatch.conf': '',
    '04_outputs.conf': engine ? toSearchEngine(engine, folder) : toFiles(folder),
  }
}

function toSearchEngine({ host, port }: SearchEngine, folder: string): string {
  return lines(
    ['<match **>', '  @type elasticsearch', `  host ${host}`, `  port ${port}`, '  scheme https', '  ssl_verify true'],
    [`  user "#{ENV['${ENGINE_USER}']}"`, `  password "#{ENV['${ENGINE_PASSWORD}']}"`, '  logstash_format true', '  logstash_prefix logs'],
    ['  suppress_type_name true', ...buffer(`${folder}/buffer`, '5s').map((line) => `  ${line}`), '</match>'],
  )
}

/** A file an hour, compressed; the oldest go before the volume is full. */
function toFiles(folder: string): string {
  return lines(
    ['<source>', '  @type exec', `  command find ${folder}/files -type f -mtime +${KEPT_DAYS} -print -delete`, '  tag fluent.removed', '  run_interval 1h'],
    ['  <parse>', '    @type none', '  </parse>', '</source>'],
    ['<match **>', '  @type file', `  path ${folder}/files/logs.%Y%m%d%H`, '  compress gzip', '  append true'],
    ['  <format>', '    @type json', '  </format>'],
    [
      '  <buffer time>',
      '    @type file',
      `    path ${folder}/buffer`,
      '    timekey 1h',
      '    timekey_wait 1m',
      '    flush_at_shutdown true',
      '  </buffer>',
      '</match>',
    ],
  )
}

function buffer(path: string, flushInterval: string): string[] {
  return [
    '<buffer>',
    '  @type file',
    `  path ${path}`,
    `  flush_interval ${flushInterval}`,
    '  retry_forever true',
    '  retry_max_interval 60s',
    '  overflow_action block',
    '  total_limit_size 4GB',
    '</buffer>',
  ]
}

function lines(...groups: readonly (readonly string[])[]): string {
  return `${groups.flat().join('\n')}\n`
}
