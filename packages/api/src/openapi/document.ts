import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import type { Components } from './components.ts'

export interface DocumentOptions {
  readonly title: string
  readonly version: string
  readonly description?: string | undefined
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly components: Components
}

/** Only what the page itself brings: no other host, no inline script or style. */
const CONTENT_SECURITY_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

/** Answers that are problems are many, and alike. */
const STYLE = `.swagger-ui .info { margin: 30px 0 10px }
.swagger-ui .scheme-container { margin-bottom: 10px; padding: 10px 0; background: none; box-shadow: none }
.swagger-ui .responses-inner .highlight-code .microlight { max-height: 16em }
`

interface DocumentOperation {
  operationId?: string
  requestBody?: { required?: boolean }
}

/** Describes the routes that are added from here on, and shows them at `/docs`. The document is `app.swagger()`. */
export async function serveDocument(app: FastifyInstance, options: DocumentOptions): Promise<void> {
  const { title, version, description, tags, components } = options
  const optionalBodies = new Set<string>()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version, ...(description !== undefined && { description }) },
      tags: [...tags],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'An access token of the identity provider. Each operation names the scope that it needs.',
          },
        },
      },
    },
    convertConstToEnum: false,
    transform({ schema, url, route }) {
      const { body, optionalBody } = route.config ?? {}
      const id = (schema as { operationId?: string } | undefined)?.operationId
      if (optionalBody && id !== undefined) optionalBodies.add(id)
      return { schema: body === undefined ? schema : { ...schema, body }, url }
    },
    // The contract's schemas go in as they are; the generator would rewrite them in the dialect of OpenAPI 3.0.
    transformObject(documents) {
      const document = 'openapiObject' in documents ? documents.openapiObject : documents.swaggerObject
      const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path as object) as DocumentOperation[])
      for (const { operationId, requestBody } of operations) {
        if (requestBody && operationId !== undefined && optionalBodies.has(operationId)) requestBody.required = false
      }
      return { ...document, components: { ...(document as { components?: object }).components, schemas: components.schemas } }
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: CONTENT_SECURITY_POLICY,
    theme: { title, css: [{ filename: 'sundial.css', content: STYLE }] },
    uiConfig: {
      validatorUrl: null as unknown as string,
      deepLinking: true,
      // No bar in which another document could be opened.
      layout: 'BaseLayout',
      // The schemas are shown where they are used; their list is there to be opened.
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
    },
  })
}
