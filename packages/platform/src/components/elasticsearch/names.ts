export const ELASTICSEARCH = 'elasticsearch'
/** The user of an external one. */
export const USER_SECRET = 'elasticsearch-user'
/** Checks an external one. */
export const CHECK_JOB = 'elasticsearch-check'
