import { setMaxListeners } from 'node:events'
import type { Contract } from '@sundial/contract'
import type { Logger } from '@sundial/runtime'
import { fastify, type FastifyInstance, LogController } from 'fastify'
import type { Registry } from 'prom-client'
import type { ApiContext } from './api-context.ts'
import type { Verifier } from './auth/verifier.ts'
import { auditWrites } from './http/audit.ts'
import { OpenStreams } from './http/event-stream.ts'
import { observeRequests } from './http/observe.ts'
import { collectMethods } from './http/other-methods.ts'
import { BODY_LIMIT, handleProblems, sendProblem, toProblem } from './http/problem-handler.ts'
import { type Limits, protect } from './http/protect.ts'
import { answerRawError } from './http/raw-errors.ts'
import { addRequestContext, requestId } from './http/request-context.ts'
import { addSecurityHeaders } from './http/security-headers.ts'
import { createComponents } from './openapi/components.ts'
import { serveDocument } from './openapi/document.ts'
import { MAX_ID_LENGTH } from './routes/parameters.ts'
import { addRoutes } from './routes/routes.ts'
import { shownSchedules } from './routes/schedules.ts'
import { shownWorkflows } from './routes/workflow-view.ts'
import { createCursorSigner } from './temporal/cursor.ts'
import type { Temporal } from './temporal/temporal.ts'

/** What an application says about its API. */
export interface ApiOptions {
  readonly contract: Contract
  /** Of the API, in its document. @default the contract's, or its name */
  readonly title?: string
  /** Of the API, in its document. @default the contract's, or 1.0.0 */
  readonly version?: string
  /** Of the API, in its document. @default the contract's, or none */
  readonly description?: string
}

/** What an API works with; `runApi` makes these from the environment. */
export interface ApiParts {
  /** Not called before a request needs it. */
  readonly temporal: Temporal
  readonly verifier: Verifier
  readonly logger: Logger
  /** Gets the metrics of the requests. */
  readonly registry: Registry
  /** Signs the cursors of lists; 32 bytes or more, the same in every copy of the API. */
  readonly cursorKey: Buffer
  /** @default no limit but those of the machine */
  readonly limits?: Limits
  /** Callers are told to bring their next request to another copy of the API. @default never */
  readonly leaving?: AbortSignal
  /** Ends waits. @default never */
  readonly stopping?: AbortSignal
  /** Whether requests are traced, by OpenTelemetry's global tracer. @default false */
  readonly traced?: boolean
}

/** Milliseconds for a request to arrive, and for its header fields. Whoever sends byte by byte holds a connection no longer than this. */
const REQUEST_TIMEOUT_MS = 30_000
const HEADERS_TIMEOUT_MS = 10_000
/** Of all header fields and the path together, in bytes. */
const MAX_HEADER_BYTES = 16_384
/** More than a person has pages open. */
const STREAMS_PER_SUBJECT = 20
/** Each byte of an id may take three in a path. */
const MAX_PARAMETER_LENGTH = 3 * MAX_ID_LENGTH

/** An API over a contract that does not listen yet. Throws when a schema of the contract cannot be written as JSON Schema. */
export async function createApi(options: ApiOptions, parts: ApiParts): Promise<FastifyInstance> {
  const { contract } = options
  const app = fastify({
    loggerInstance: parts.logger,
    // We log one line for a request, when it is over.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    // Without the options of a route, which none has, the library makes it faster.
    childLoggerFactory: (logger, bindings) => logger.child(bindings),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 1000 },
    // Requests on connections that are kept open are still answered while the API stops.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
    clientErrorHandler: answerRawError,
    frameworkErrors: (error, request, reply) => void sendProblem(toProblem(error, request), request, reply),
  }) as unknown as FastifyInstance
  app.removeContentTypeParser('text/plain')
  // Answers are made to the contract by the workflow; the framework's serialiser would drop what a schema does not name.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  const stopping = parts.stopping ?? new AbortController().signal
  // Every wait and every stream listens to it.
  setMaxListeners(0, stopping)
  const api: ApiContext = {
    contract,
    temporal: parts.temporal,
    verifier: parts.verifier,
    cursors: createCursorSigner(parts.cursorKey),
    streams: new OpenStreams(parts.limits?.streamsPerSubject ?? STREAMS_PER_SUBJECT),
    stopping,
  }
  addRequestContext(app)
  if (parts.traced === true) (await import('./http/trace-requests.ts')).traceRequests(app)
  observeRequests(app, parts.registry, parts.logger)
  handleProblems(app)
  auditWrites(app, parts.logger)
  addSecurityHeaders(app)
  const { leaving } = parts
  app.addHook('onSend', (...[, reply, payload, done]) => {
    if (leaving?.aborted) reply.header('connection', 'close')
    done(null, payload)
  })
  await protect(app, parts.limits ?? { requestsPerMinute: 0 })
  const components = createComponents()
  const schedules = shownSchedules(contract).length > 0 ? [{ name: 'schedules', description: 'Workflows that start by the clock' }] : []
  const tags = shownWorkflows(contract).map(([name, { description }]) => ({ name, description }))
  const { title = contract.title ?? contract.name, version = contract.version ?? '1.0.0', description = contract.description } = options
  await serveDocument(app, { title, version, description, tags: [{ name: 'workflows', description: 'All workflows' }, ...tags, ...schedules], components })
  const addOtherMethods = collectMethods(app)
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  addRoutes(app, api, components)
  addOtherMethods()
  return app
}
