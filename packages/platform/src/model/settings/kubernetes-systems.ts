import { z } from 'zod'

/** Systems that only a cluster has: operators, what watches, what lets others in. */
export interface SystemsInput {
  /** Issues certificates. */
  certManager?: RequiredSystemInput
  /** Brings roots of certificates to every namespace. */
  trustManager?: RequiredSystemInput
  /** Brings secrets from Vault. */
  externalSecrets?: RequiredSystemInput
  /** Runs PostgreSQL, with its plugin for backups. */
  cloudNativePg?: RequiredSystemInput
  /** Runs Elasticsearch. */
  elasticOperator?: RequiredSystemInput
  /** Runs the OpenTelemetry Collector. */
  openTelemetryOperator?: RequiredSystemInput
  /** The definitions of the Gateway API. */
  gatewayDefinitions?: RequiredSystemInput
  /** Brings the tree to the cluster. */
  argoCd?: OptionalSystemInput
  /** Replaces pods when a secret changes that they read once. */
  reloader?: OptionalSystemInput
  /** Adds workers while their task queue is long. It asks Prometheus. */
  keda?: OptionalSystemInput
  /** Prometheus, Alertmanager and Grafana. */
  monitoring?: MonitoringInput
  /** Keeps and shows traces. */
  jaeger?: OwnSystemInput
  /** Fluent Bit and Fluentd. */
  logging?: LoggingInput
  /** Gravitee: the applications' APIs as products, with plans and subscriptions. */
  apiManagement?: ApiManagementInput
  /** Temporal's controller for versioned workers. It knows certificates or API keys, no tokens: for a Temporal that asks for none. @default off */
  workerController?: OptionalSystemInput
}

export interface RequiredSystemInput {
  /** `here`: installed with the platform; `present`: the cluster has it already. @default here */
  run?: 'here' | 'present'
  /** Namespace of its pods, where it is present. @default the one that the platform would install it in */
  namespace?: string
}

export interface OptionalSystemInput {
  /** `here`: installed with the platform; `present`: the cluster has it already; `off`: not needed. @default here */
  run?: 'here' | 'present' | 'off'
  /** Namespace of its pods, where it is present. @default the one that the platform would install it in */
  namespace?: string
}

export interface OwnSystemInput {
  /** `here`: installed with the platform; `off`: not needed. @default here */
  run?: 'here' | 'off'
}

export interface MonitoringInput extends OptionalSystemInput {
  /** Days that Prometheus keeps what it measured, 1 to 400. @default 15 */
  retentionDays?: number
  /** Size of the volume of each Prometheus, as a quantity. A tenth is left free. @default 50Gi */
  storage?: string
}

export interface LoggingInput extends OwnSystemInput {
  /** A search engine of others that takes the logs, over https. Its user and password are asked for. @default none: files on a volume, for seven days */
  elasticsearch?: string
  /** Size of the volume of what collects the logs. @default 20Gi */
  storage?: string
}

export interface ApiManagementInput extends OwnSystemInput {
  /** Management API of a Gravitee that others run, such as `https://apim.example.com/management`. @default none: it is run here */
  url?: string
}

const namespace = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a namespace: lower case letters, digits and dashes')
  .optional()
  .describe('Namespace of its pods, where it is present.')
const RUN = 'here: installed with the platform; present: the cluster has it already; off: not needed.'
const quantity = z.string().regex(/^[1-9]\d*(Mi|Gi|Ti)$/, 'must be a quantity, such as "50Gi"')

const required = (what: string) =>
  z
    .strictObject({ run: z.enum(['here', 'present']).default('here').describe(RUN), namespace })
    .prefault({})
    .describe(what)
const optional = (what: string, run: 'here' | 'off' = 'here') =>
  z
    .strictObject({ run: z.enum(['here', 'present', 'off']).default(run).describe(RUN), namespace })
    .prefault({})
    .describe(what)
const own = { run: z.enum(['here', 'off']).default('here').describe(RUN) }

export const systemsSettings = z
  .strictObject({
    certManager: required('Issues certificates.'),
    trustManager: required('Brings roots of certificates to every namespace.'),
    externalSecrets: required('Brings secrets from Vault.'),
    cloudNativePg: required('Runs PostgreSQL, with its plugin for backups.'),
    elasticOperator: required('Runs Elasticsearch.'),
    openTelemetryOperator: required('Runs the OpenTelemetry Collector.'),
    gatewayDefinitions: required('The definitions of the Gateway API.'),
    argoCd: optional('Brings the tree to the cluster.'),
    reloader: optional('Replaces pods when a secret changes that they read once.'),
    keda: optional('Adds workers while their task queue is long. It asks Prometheus.'),
    monitoring: z
      .strictObject({
        run: z.enum(['here', 'present', 'off']).default('here').describe(RUN),
        namespace,
        retentionDays: z.int().min(1).max(400).default(15).describe('Days that Prometheus keeps what it measured.'),
        storage: quantity.default('50Gi').describe('Size of the volume of each Prometheus.'),
      })
      .prefault({})
      .describe('Prometheus, Alertmanager and Grafana.'),
    jaeger: z.strictObject(own).prefault({}).describe('Keeps and shows traces.'),
    logging: z
      .strictObject({
        ...own,
        elasticsearch: z
          .url({ protocol: /^https$/, error: 'must be an https URL' })
          .optional()
          .describe('A search engine of others that takes the logs; files on a volume if not given.'),
        storage: quantity.default('20Gi').describe('Size of the volume of what collects the logs.'),
      })
      .prefault({})
      .describe('Fluent Bit and Fluentd.'),
    apiManagement: z
      .strictObject({
        ...own,
        url: z
          .url({ protocol: /^https$/, error: 'must be an https URL' })
          .optional()
          .describe('Management API of a Gravitee that others run; it is run here if not given.'),
      })
      .prefault({})
      .describe('Gravitee: the applications’ APIs as products.'),
    workerController: optional('Temporal’s controller for versioned workers.', 'off'),
  })
  .prefault({})
  .describe('Systems that only a cluster has.')
