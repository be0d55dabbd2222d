/** Of our own environment, what would change a contestant: programs of Temporal read these. */
const NOT_PASSED_ON = /^(TEMPORAL_|OIDC_|OPERATIONS_|SUNDIAL_STATE$|SUNDIAL_WORKFLOW_BUNDLE$|LOG_LEVEL$|NODE_OPTIONS$|PG)/

/** The environment of everything that is measured. */
export function cleanEnvironment(own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name))), NO_COLOR: '1', ...own }
}
