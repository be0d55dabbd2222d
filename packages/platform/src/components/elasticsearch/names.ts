export const ELASTICSEARCH = 'elasticsearch'
/** As whom Temporal asks, unless an external one calls it otherwise. */
export const USER = 'temporal'
/** Its password. */
export const USER_SECRET = 'elasticsearch-user'
/** Checks an external one. */
export const CHECK_JOB = 'elasticsearch-check'
