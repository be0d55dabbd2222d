import { dump } from 'js-yaml'
import { COLLECTOR_HOST, FORWARD_PORT, SHARED_KEY } from '../names.ts'

const STATE = '/var/lib/fluent-bit'

/** Fluent Bit's configuration: what containers write, with the names of their pods, to the collector over TLS. */
export function agentConfig(): string {
  return dump(CONFIG, { lineWidth: -1, noRefs: true })
}

const CONFIG = {
  service: {
    flush: 1,
    log_level: 'info',
    http_server: 'on',
    http_listen: '0.0.0.0',
    http_port: 2020,
    health_check: 'on',
    // What the collector does not take waits on the disk.
    'storage.path': `${STATE}/buffer`,
    'storage.max_chunks_up': 64,
  },
  pipeline: {
    inputs: [
      {
        name: 'tail',
        path: '/var/log/containers/*.log',
        'multiline.parser': 'docker, cri',
        tag: 'kube.*',
        db: `${STATE}/positions.db`,
        mem_buf_limit: '16MB',
        skip_long_lines: 'on',
        'storage.type': 'filesystem',
      },
    ],
    filters: [
      {
        name: 'kubernetes',
        match: 'kube.*',
        kube_tag_prefix: 'kube.var.log.containers.',
        merge_log: 'on',
        keep_log: 'off',
        'k8s-logging.parser': 'off',
        'k8s-logging.exclude': 'on',
        labels: 'on',
        annotations: 'off',
      },
    ],
    outputs: [
      {
        name: 'forward',
        match: 'kube.*',
        host: COLLECTOR_HOST,
        port: FORWARD_PORT,
        shared_key: `\${${SHARED_KEY}}`,
        require_ack_response: true,
        retain_metadata_in_forward_mode: false,
        tls: 'on',
        'tls.verify': 'on',
        'tls.vhost': COLLECTOR_HOST,
        'tls.ca_file': '/fluent-bit/root/ca.crt',
        'storage.total_limit_size': '1G',
        retry_limit: 'no_limits',
      },
    ],
  },
}
