export const TEMPORAL = 'temporal'
/** One logical name for all server processes: they find each other by address and ask for this name. */
export const INTERNODE_SERVER_NAME = 'temporal-internode'
export const FRONTEND_SERVER_NAME = 'temporal-frontend'
export const DATABASE_SECRET = 'temporal-database'
export const DATABASE_OWNER = 'temporal'
export const MAIN_DATABASE = 'temporal'
export const VISIBILITY_DATABASE = 'temporal_visibility'
export const NAMESPACES_JOB = 'temporal-namespaces'
/** The key for a Temporal of others that asks for one. */
export const API_KEY_SECRET = 'temporal-api-key'
