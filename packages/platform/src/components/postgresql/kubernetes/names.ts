import { POSTGRESQL } from '../names.ts'

/** Where CloudNativePG runs PostgreSQL. */
export const NAMESPACE = 'temporal-backend'
/** What the operator puts on everything of a cluster. */
export const CLUSTER_LABELS = { 'cnpg.io/cluster': POSTGRESQL } as const
/** The service that always leads to the server that takes writes; those for reading are beside it. */
export const WRITE_SERVICE = `${POSTGRESQL}-rw`
export const SERVICES = [WRITE_SERVICE, `${POSTGRESQL}-ro`, `${POSTGRESQL}-r`]
/** The operator reads a secret again when it changes only with this label. */
export const RELOAD_LABEL = { 'cnpg.io/reload': 'true' } as const
export const BACKUP_PLUGIN = 'barman-cloud.cloudnative-pg.io'
export const OBJECT_STORE = `${POSTGRESQL}-backups`
