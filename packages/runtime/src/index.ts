export { endWithConnection } from './access/end-with-connection.ts'
export { type AccessMaterial, sameTls, TemporalAccess } from './access/temporal-access.ts'
export { createLogger, flatLogger, type Logger } from './logging/logger.ts'
export { backgroundProbe, type BackgroundProbe, type BackgroundProbeOptions, type ProbeState } from './operations/background-probe.ts'
export type { OperationsServer, OperationsServerOptions } from './operations/operations-server.ts'
export type { Readiness, ReadinessCheck } from './operations/readiness.ts'
export { closeHttpServer, type CloseHttpServerOptions } from './service/close-http-server.ts'
export { type Lifecycle, runService, type RunServiceOptions } from './service/run-service.ts'
export { serveOperations } from './service/serve-operations.ts'
export { SettingsError } from './settings/settings-error.ts'
export { type Address, type NumberRange, SettingsReader } from './settings/settings-reader.ts'
export {
  type ApiKeyCredentials,
  type ClientCredentials,
  readTemporalSettings,
  type TemporalCredentials,
  type TemporalSettings,
  type TemporalTlsSettings,
  type TokenCredentials,
} from './settings/temporal-settings.ts'
export { loadTemporalTls, type TemporalTls } from './settings/temporal-tls.ts'
export { discoverProvider, type ProviderMetadata } from './tokens/discovery.ts'
export { TokenError } from './tokens/token-error.ts'
export { createTokenSource, type TokenSource, type TokenSourceOptions } from './tokens/token-source.ts'
export { startTracing, type StartTracingOptions, type Tracing } from './tracing/tracing.ts'
export { readTracing } from './tracing/tracing-settings.ts'
