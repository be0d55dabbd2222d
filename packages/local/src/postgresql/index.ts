export { findPostgresql } from './find-postgresql.ts'
export { flushDataFolder } from './flush.ts'
export { asUnprivileged } from './unprivileged.ts'
