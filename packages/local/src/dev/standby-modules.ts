/** The environment variable that names what a waiting process loads: a JSON list of addresses. */
export const STANDBY_MODULES = 'SUNDIAL_STANDBY_MODULES'
