export const POSTGRESQL = 'postgresql'
/** The superuser; only jobs that make databases use it. */
export const SUPERUSER_SECRET = 'postgresql-superuser'
/** Checks an external server. */
export const CHECK_JOB = 'postgresql-check'
