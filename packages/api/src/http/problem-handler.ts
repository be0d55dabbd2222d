import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { upstreamProblem } from '../temporal/upstream-problem.ts'
import { ApiProblem, problem, problemBody, type ProblemError } from './api-problem.ts'
import type { ProblemSlug } from './problems.ts'

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** Bytes. Temporal refuses values of 2 MB; this leaves room for encryption and base64. */
export const BODY_LIMIT = 1_500_000

/** Makes every failure of the instance an `application/problem+json` answer, also those that happen before a route is found. */
export function handleProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(toProblem(error, request), request, reply))
  app.setNotFoundHandler((request, reply) => sendProblem(problem('not-found', `there is nothing at ${request.method} ${pathOf(request)}`), request, reply))
}

/** Answers with a problem, and logs it if it is ours. */
export function sendProblem(found: ApiProblem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (found.status >= 500) request.log.error({ err: found.cause ?? found, problem: found.slug }, found.message)
  return (
    reply
      .code(found.status)
      .headers(found.headers)
      .header('x-request-id', request.id)
      .header('content-type', PROBLEM_MEDIA_TYPE)
      // Bytes, since the framework would add a charset to a text, which this media type does not have.
      .send(Buffer.from(JSON.stringify(problemBody(found, { instance: pathOf(request), requestId: request.id, ...traceOf(request), ...request.execution }))))
  )
}

/** The problem that an error of any origin is: a handler's own, the framework's, or Temporal's. */
export function toProblem(error: unknown, request: FastifyRequest): ApiProblem {
  if (error instanceof ApiProblem) return error
  // Not set yet when there is no route.
  if (request.gone?.aborted) return problem('gone', 'the caller went away')
  return (
    frameworkProblem(error as FastifyError) ??
    upstreamProblem(error, request.routeOptions?.config?.operation) ??
    problem('internal', 'something that was not foreseen went wrong; it is in the log of the API under this request id', { cause: error })
  )
}

const FRAMEWORK_PROBLEMS: Readonly<Record<string, readonly [ProblemSlug, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'send the body with "Content-Type: application/json"'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload-too-large', `the body may have at most ${BODY_LIMIT} bytes`],
  FST_ERR_MAX_PARAM_LENGTH: ['uri-too-long', 'no id can be this long'],
  FST_ERR_BAD_URL: ['malformed-request', 'the path has a "%" that is not followed by two hexadecimal digits of UTF-8'],
}

function frameworkProblem(error: FastifyError): ApiProblem | undefined {
  if (error.validation)
    return problem('validation', `${error.validationContext ?? 'request'} does not match its schema`, {
      extensions: { errors: error.validation.map((each) => parameterError(each as ParameterError)) },
    })
  const known = FRAMEWORK_PROBLEMS[error.code]
  if (known) return problem(...known)
  // Bad JSON and the like: the framework says so with a status of its own.
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? problem('malformed-request', error.message) : undefined
}

/** What the framework's validator says; the names in `params` are there for missing and for unknown parameters. */
interface ParameterError {
  readonly instancePath: string
  readonly message?: string
  readonly params: { readonly missingProperty?: string; readonly additionalProperty?: string }
}

function parameterError({ instancePath, message, params }: ParameterError): ProblemError {
  const name = params.missingProperty ?? params.additionalProperty ?? instancePath.replace(/^\//, '')
  return { parameter: name, detail: message ?? 'is not allowed' }
}

function traceOf({ traceId }: FastifyRequest): { traceId?: string } {
  return traceId === undefined ? {} : { traceId }
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/'
}
