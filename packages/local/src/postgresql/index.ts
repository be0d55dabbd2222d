export { findPostgresql } from './find-postgresql.ts'
export { asUnprivileged } from './unprivileged.ts'
