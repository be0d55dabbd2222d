export { ensureCertificates } from '../certificates/index.ts'
export { startPostgresqlServer, type PostgresqlServer } from './postgresql-server.ts'
