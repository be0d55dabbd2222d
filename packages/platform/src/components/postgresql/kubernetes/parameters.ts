import type { Diagnostic } from '../../../model/diagnostics.ts'
import { joinPath } from '../../../model/diagnostics.ts'
import { type Cluster, memoryOf } from '../../../targets/kubernetes/kit.ts'

const MEBIBYTE = 2 ** 20

/** postgresql.conf, by what the servers have. Everything that is not here is PostgreSQL's or the operator's default. */
export function parameters({ plan, settings }: Cluster): Record<string, string> {
  const { resources, walStorage } = settings.postgresql
  const memory = memoryOf(resources.memory)
  const log = memoryOf(walStorage)
  return {
    max_connections: String(plan.platform.postgresql.maxConnections),
    // A quarter, as PostgreSQL's manual advises. Of what is kept for the server, since more may be taken from it at any time.
    shared_buffers: megabytes(memory / 4),
    effective_cache_size: megabytes((memory * 3) / 4),
    maintenance_work_mem: megabytes(Math.min(memory / 16, 512 * MEBIBYTE)),
    // Fewer full-page images: checkpoints by time. Three quarters of the disk are for what is not archived yet, and for a server that lags.
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    max_wal_size: megabytes(log / 4),
    // A server that is away for long is made anew, before the log that waits for it fills the disk.
    max_slot_wal_keep_size: megabytes(log / 2),
    wal_compression: 'lz4',
    // Disks without moving parts.
    random_page_cost: '1.1',
    effective_io_concurrency: '200',
    // Temporal's tasks are rows that live for seconds.
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_analyze_scale_factor: '0.02',
    // A client that went away in the middle of a transaction keeps no row locked.
    idle_in_transaction_session_timeout: '60s',
    log_lock_waits: 'on',
    log_min_duration_statement: '1s',
    log_temp_files: '10MB',
    track_io_timing: 'on',
    // The operator loads the extension because of these.
    'pg_stat_statements.max': '5000',
    'pg_stat_statements.track': 'top',
    ...plan.platform.postgresql.settings,
  }
}

function megabytes(size: number): string {
  return `${Math.floor(size / MEBIBYTE)}MB`
}

/** Settings that CloudNativePG keeps for itself: it refuses a cluster that sets one. */
const FIXED: ReadonlySet<string> = new Set([
  'allow_alter_system',
  'allow_system_table_mods',
  'archive_cleanup_command',
  'archive_command',
  'bonjour',
  'bonjour_name',
  'cluster_name',
  'config_file',
  'data_directory',
  'data_sync_retry',
  'event_source',
  'external_pid_file',
  'hba_file',
  'hot_standby',
  'ident_file',
  'jit_provider',
  'listen_addresses',
  'log_destination',
  'log_directory',
  'log_file_mode',
  'log_filename',
  'log_rotation_age',
  'log_rotation_size',
  'log_truncate_on_rotation',
  'logging_collector',
  'port',
  'primary_conninfo',
  'primary_slot_name',
  'promote_trigger_file',
  'recovery_end_command',
  'recovery_min_apply_delay',
  'recovery_target',
  'recovery_target_action',
  'recovery_target_inclusive',
  'recovery_target_lsn',
  'recovery_target_name',
  'recovery_target_time',
  'recovery_target_timeline',
  'recovery_target_xid',
  'restart_after_crash',
  'restore_command',
  'shared_preload_libraries',
  'ssl',
  'ssl_ca_file',
  'ssl_cert_file',
  'ssl_key_file',
  'stats_temp_directory',
  'synchronous_standby_names',
  'syslog_facility',
  'syslog_ident',
  'unix_socket_directories',
  'unix_socket_group',
  'unix_socket_permissions',
])

/** Settings that a laptop takes and the operator does not. */
export function checkParameters({ plan }: Cluster): Diagnostic[] {
  return Object.keys(plan.platform.postgresql.settings)
    .filter((name) => FIXED.has(name))
    .map((name) => ({
      path: joinPath(['postgresql', 'settings', name]),
      message: 'is set by CloudNativePG itself, which refuses a cluster that says it too',
      hint: 'remove it, or move it to an environment that never runs in Kubernetes',
    }))
}
