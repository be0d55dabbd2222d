import cookies from '@fastify/cookie'
import cors from '@fastify/cors'
import { EncryptionCodec, KeyRing } from '@sundial/codec'
import type { Logger } from '@sundial/runtime'
import { fastify, type FastifyInstance, LogController } from 'fastify'
import { Counter, type Registry } from 'prom-client'
import { authorizer } from './authorize.ts'
import { addCodecRoutes } from './codec-routes.ts'
import type { CodecServerConfiguration } from './configuration.ts'
import { addLogin } from './login-routes.ts'
import { Sessions } from './sessions.ts'
import { ProviderUnavailableError, tokenVerifier } from './tokens.ts'

/** Bytes of a request: a page of a workflow's history is sent in one. */
const BODY_LIMIT = 16 * 1024 * 1024
/** Seconds for which a browser need not ask again whether it may ask. */
const CORS_SECONDS = 600

export interface CodecServerParts {
  readonly logger: Logger
  /** Gets the number of payloads. */
  readonly registry: Registry
}

/** A codec server that does not listen yet. Rejects when a folder of keys cannot be read. */
export async function createCodecServer(configuration: CodecServerConfiguration, { logger, registry }: CodecServerParts): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    return503OnClosing: false,
  }) as unknown as FastifyInstance
  // What is not JSON would be sent by a page without asking first.
  app.removeContentTypeParser('text/plain')
  app.addHook('onSend', async (_request, reply) => void reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }))
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error instanceof ProviderUnavailableError ? 503 : (error.statusCode ?? 500)
    if (status >= 500) request.log.error({ err: error }, 'a request failed')
    return reply.status(status).send({ error: status === 500 ? 'an internal error; the log has it' : error.message })
  })
  await app.register(cookies)
  await app.register(cors, {
    origin: [...configuration.origins],
    credentials: true,
    methods: ['POST'],
    allowedHeaders: ['content-type', 'x-namespace', 'authorization', 'authorization-extras'],
    maxAge: CORS_SECONDS,
  })
  const sessions = configuration.login && new Sessions(configuration.issuer, configuration.login)
  if (sessions && configuration.login) addLogin(app, sessions, configuration.login)
  addCodecRoutes(app, {
    codecs: await openCodecs(configuration, logger),
    operations: configuration.encode ? ['decode', 'encode'] : ['decode'],
    authorize: authorizer({ verifier: tokenVerifier(configuration), sessions, origins: configuration.origins }),
    payloads: new Counter({
      name: 'sundial_codec_payloads_total',
      help: 'Payloads by operation, namespace and result: done, untouched or refused.',
      labelNames: ['operation', 'namespace', 'result'],
      registers: [registry],
    }),
  })
  return app
}

async function openCodecs({ namespaces }: CodecServerConfiguration, logger: Logger): Promise<ReadonlyMap<string, EncryptionCodec>> {
  const entries = Object.entries(namespaces).map(async ([namespace, { keysFolder }]) => {
    const keys = await KeyRing.open(keysFolder, { logger })
    return [namespace, new EncryptionCodec({ keys, namespace })] as const
  })
  return new Map(await Promise.all(entries))
}
