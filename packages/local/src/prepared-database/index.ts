export { PreparedDatabase, removeUnfinished } from './prepared-database.ts'
