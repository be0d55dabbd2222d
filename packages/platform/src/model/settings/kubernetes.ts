import { z } from 'zod'
import { systemsSettings, type SystemsInput } from './kubernetes-systems.ts'
import { clusterElasticsearch, clusterPostgresql, type ClusterElasticsearchInput, type ClusterPostgresqlInput } from './kubernetes-data.ts'

/** How the platform stands in a Kubernetes cluster. A laptop has no use for it. */
export interface KubernetesInput {
  /** The domain below which people and programs outside reach it: `temporal.<domain>`, `orders-api.<domain>`. Needed to render. */
  domain?: string
  /** Where the GitOps tree is kept, for Argo CD. Needed to render Argo CD's applications. */
  repository?: RepositoryInput
  /** Where images come from. */
  images?: ImagesInput
  /** Storage class of databases. @default the cluster's own default */
  storageClass?: string
  /** How others come in. */
  entry?: EntryInput
  /** What the cluster's own network looks like, for network policies. */
  network?: NetworkInput
  /** PostgreSQL, where the platform runs it. */
  postgresql?: ClusterPostgresqlInput
  /** Elasticsearch, where the platform runs it. */
  elasticsearch?: ClusterElasticsearchInput
  /** Where backups of databases go. */
  backups?: BackupsInput
  /** Where secrets are kept. */
  vault?: VaultInput
  /** Systems that only a cluster has: each is installed, or there already, or not needed. */
  systems?: SystemsInput
}

export interface RepositoryInput {
  /** URL of the repository, as Argo CD clones it. */
  url: string
  /** Branch, tag or commit. @default main */
  revision?: string
  /** Folder of the tree in the repository. @default deploy */
  path?: string
}

export interface ImagesInput {
  /** A registry that mirrors all others, such as `artifactory.example.com/docker-remote`: it is put before every name. @default none */
  mirror?: string
  /** Names of secrets with credentials for the registry, in every namespace. @default none */
  pullSecrets?: string[]
  /** The image with Sundial's own programs: jobs, the codec server, the health probe. @default sundial/tools:0.1.0 */
  tools?: string
}

export interface EntryInput {
  /** `gateway`: Gateway API; `ingress`: Ingress objects. @default gateway */
  kind?: 'gateway' | 'ingress'
  /** The gateway class or ingress class. With another than `traefik`, nothing is installed for it. @default traefik */
  className?: string
  /** The namespace of its pods. @default gateway */
  namespace?: string
  /** Whether workers outside reach Temporal's frontend, with mTLS from end to end, at `grpc.<domain>`. @default false */
  temporal?: boolean
  /** Mail address for the account at the certificate authority. @default none: an issuer of this name must be in the cluster */
  email?: string
  /** ACME directory of the public certificate authority. @default Let's Encrypt */
  acmeServer?: string
}

export interface NetworkInput {
  /** Addresses of the Kubernetes API server, which policies cannot select: `kubectl get endpointslices kubernetes` shows them. Needed to render. */
  apiServer?: string[]
  /** Addresses of the load balancer before the gateway: the platform's own programs call its public names, too. @default every address, port 443 */
  loadBalancer?: string[]
  /** The cluster's own addresses: what calls the outside may not reach these. @default the private ranges */
  clusterRanges?: string[]
}

export interface BackupsInput {
  /** Where they go: `s3://<bucket>/<path>`. */
  destination: string
  /** Endpoint of the object store. @default Amazon's */
  endpoint?: string
  /** When a base backup is made, as six fields with seconds first. @default every day at 02:00 UTC */
  schedule?: string
  /** Days that backups are kept, 1 to 365. @default 30 */
  retentionDays?: number
}

export interface VaultInput {
  /** A Vault that others run. @default none: it is run here */
  url?: string
  /** Mount of its key-value store, version 2. @default kv */
  mount?: string
  /** Mount of its login for Kubernetes. @default kubernetes */
  authMount?: string
  /** Role of that login which may read and write the platform's secrets. @default external-secrets */
  role?: string
  /** ConfigMap in `security` whose `ca.crt` has signed the certificate of a Vault that others run. @default none: a public root has */
  caConfigMap?: string
  /** By what the Vault that is run here unseals itself, in its own words: `awskms` with `region` and `kms_key_id`, say. @default none: people unseal it */
  seal?: VaultSealInput
}

export interface VaultSealInput {
  /** Kind of the seal, such as `awskms`, `gcpckms`, `azurekeyvault`, `transit`. */
  type: string
  /** Its parameters. No secrets: the pods' own identity in the cloud is used. */
  parameters?: { [name: string]: string }
}

const domainName = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a domain name in lower case letters, such as "temporal.example.com"')
const cidr = z.string().regex(/^(\d{1,3}(\.\d{1,3}){3}\/\d{1,2}|[0-9a-f:]+\/\d{1,3})$/i, 'must be a range of addresses, such as "10.0.0.0/8"')
const image = z
  .string()
  .regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/, 'must be an image, such as "registry.example.com/orders:1.4.0"')

export const imageReference = image
  .refine((text) => !text.endsWith(':latest'), 'must not be "latest": nobody could say what runs')
  .refine((text) => /:[\w][\w.-]*(@|$)|@sha256:/.test(text), 'must have a tag or a digest')

export const kubernetesSettings = z
  .strictObject({
    domain: domainName.optional().describe('The domain below which people and programs outside reach it.'),
    repository: z
      .strictObject({
        url: z
          .string()
          .regex(/^(https?|ssh|git):\/\/.+|^git@.+:.+$/, 'must be the URL of a Git repository')
          .describe('URL of the repository, as Argo CD clones it.'),
        revision: z.string().min(1).default('main').describe('Branch, tag or commit.'),
        path: z.string().min(1).default('deploy').describe('Folder of the tree in the repository.'),
      })
      .optional()
      .describe('Where the GitOps tree is kept, for Argo CD.'),
    images: z
      .strictObject({
        mirror: z
          .string()
          .regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/, 'must be a registry, with a path if it has one, such as "artifactory.example.com/docker-remote"')
          .optional()
          .describe('A registry that mirrors all others: it is put before every name.'),
        pullSecrets: z.array(z.string().min(1)).default([]).describe('Names of secrets with credentials for the registry, in every namespace.'),
        tools: imageReference.default('sundial/tools:0.1.0').describe('The image with Sundial’s own programs: jobs, the codec server, the health probe.'),
      })
      .prefault({})
      .describe('Where images come from.'),
    storageClass: z.string().min(1).optional().describe('Storage class of databases; the cluster’s own default if not given.'),
    entry: z
      .strictObject({
        kind: z.enum(['gateway', 'ingress']).default('gateway').describe('Gateway API, or Ingress objects.'),
        className: z.string().min(1).default('traefik').describe('The gateway class or ingress class; with another than traefik, nothing is installed for it.'),
        namespace: z.string().min(1).default('gateway').describe('The namespace of its pods.'),
        temporal: z.boolean().default(false).describe('Whether workers outside reach Temporal’s frontend, with mTLS from end to end.'),
        email: z.email('must be an e-mail address').optional().describe('Mail address for the account at the public certificate authority.'),
        acmeServer: z
          .url({ protocol: /^https$/, error: 'must be an https URL' })
          .default('https://acme-v02.api.letsencrypt.org/directory')
          .describe('ACME directory of the public certificate authority.'),
      })
      .prefault({})
      .describe('How others come in.'),
    network: z
      .strictObject({
        apiServer: z.array(cidr).min(1).optional().describe('Addresses of the Kubernetes API server, which policies cannot select.'),
        loadBalancer: z.array(cidr).min(1).optional().describe('Addresses of the load balancer before the gateway; every address, port 443, if not given.'),
        clusterRanges: z
          .array(cidr)
          .default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'])
          .describe('The cluster’s own addresses: what calls the outside may not reach these.'),
      })
      .prefault({})
      .describe('What the cluster’s own network looks like, for network policies.'),
    postgresql: clusterPostgresql,
    elasticsearch: clusterElasticsearch,
    backups: z
      .strictObject({
        destination: z
          .string()
          .regex(/^(s3|gs|https):\/\/\S+$/, 'must be a place in an object store, such as "s3://backups/temporal"')
          .describe('Where they go.'),
        endpoint: z
          .url({ protocol: /^https?$/, error: 'must be a URL' })
          .optional()
          .describe('Endpoint of the object store; Amazon’s if not given.'),
        schedule: z
          .string()
          .regex(/^(\S+ ){5}\S+$/, 'must be six fields with seconds first, such as "0 0 2 * * *"')
          .default('0 0 2 * * *')
          .describe('When a base backup is made.'),
        retentionDays: z.int().min(1).max(365).default(30).describe('Days that backups are kept.'),
      })
      .optional()
      .describe('Where backups of databases go.'),
    vault: z
      .strictObject({
        url: z
          .url({ protocol: /^https$/, error: 'must be an https URL' })
          .optional()
          .describe('A Vault that others run; it is run here if not given.'),
        mount: z.string().min(1).default('kv').describe('Mount of its key-value store, version 2.'),
        authMount: z.string().min(1).default('kubernetes').describe('Mount of its login for Kubernetes.'),
        role: z.string().min(1).default('external-secrets').describe('Role of that login which may read and write the platform’s secrets.'),
        caConfigMap: z.string().min(1).optional().describe('ConfigMap in security whose ca.crt has signed the certificate of a Vault that others run.'),
        seal: z
          .strictObject({
            type: z
              .string()
              .regex(/^[a-z0-9]+$/, 'must be a kind of seal, such as "awskms"')
              .describe('Kind of the seal.'),
            parameters: z
              .record(z.string().regex(/^[a-z0-9_]+$/, 'must be a parameter of the seal, such as "kms_key_id"'), z.string())
              .default({})
              .describe('Its parameters. No secrets.'),
          })
          .optional()
          .describe('By what the Vault that is run here unseals itself; people do if not given.'),
      })
      .prefault({})
      .describe('Where secrets are kept.'),
    systems: systemsSettings,
  })
  .prefault({})
  .describe('How the platform stands in a Kubernetes cluster. A laptop has no use for it.')

export type KubernetesSettings = z.output<typeof kubernetesSettings>
