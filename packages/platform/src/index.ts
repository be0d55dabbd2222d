export { type ErrorCode, ERRORS, type ExitCode, SundialError } from './model/errors.ts'
export { type Diagnostic, DiagnosticsError, suggest } from './model/diagnostics.ts'
export { type ApplicationInput, type EnvironmentName, ENVIRONMENTS, type PlatformInput } from './model/input.ts'
export { configSchema, definePlatform, type Platform, resolvePlatform } from './model/platform.ts'
