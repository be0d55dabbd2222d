/**
 * A plan for one machine: what to generate, what to start, in which order. Everything symbolic is resolved to paths, ports
 * and addresses, except the content of secrets: that is put in where a file is written or a process is started.
 */
export interface ProcessPlan {
  readonly platform: string
  readonly environment: string
  readonly secrets: readonly ProcessSecret[]
  readonly givenSecrets: readonly GivenSecret[]
  readonly trustDomains: readonly ProcessTrustDomain[]
  readonly certificates: readonly ProcessCertificate[]
  /** In start order: what a process needs stands before it. */
  readonly processes: readonly ProcessSpec[]
}

/** A file that holds one value. Kept when it exists. */
export interface ProcessSecret {
  readonly name: string
  readonly key: string
  readonly path: string
  /** `password`: 32 letters and digits. `signing-key`: a private RSA key as a JWK with `kid`. `encryption-key`: 32 bytes in base64. */
  readonly generate: 'password' | 'signing-key' | 'encryption-key'
}

/** A file that people must put there: the plan cannot start without it. */
export interface GivenSecret {
  readonly name: string
  readonly key: string
  readonly path: string
  /** What it is, for people. */
  readonly about?: string
}

/** A private root: `caFile` is what its users trust, `keyFile` never leaves the machine. */
export interface ProcessTrustDomain {
  readonly name: string
  readonly caFile: string
  readonly keyFile: string
}

/** A leaf certificate of one instance. */
export interface ProcessCertificate {
  readonly name: string
  readonly domain: string
  readonly certFile: string
  readonly keyFile: string
  readonly commonName: string
  readonly dnsNames: readonly string[]
  readonly ipAddresses: readonly string[]
  readonly usages: readonly ('server' | 'client')[]
}

/** Text, or the content of a secret in its place. */
export type Text = string | SecretText
export interface SecretText {
  readonly secret: { readonly name: string; readonly key: string }
}
/** A configuration tree whose leaves may be secrets. */
export type Tree = Text | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree | undefined }

export interface ProcessFile {
  readonly path: string
  readonly format: 'yaml' | 'json' | 'lines'
  readonly content: Tree
}

export interface ProcessSpec {
  /** The instance's name, unique in the plan. */
  readonly name: string
  readonly workload: string
  readonly component: string
  /** A service runs until it is stopped; a job ends by itself and must succeed; a task is a job that runs only when asked for. */
  readonly kind: 'service' | 'job' | 'task'
  /** The processes that it forwards connections to, if it is a balancer. */
  readonly balances?: readonly string[]
  readonly program: ProcessProgram
  /** Never a secret: command lines are readable by everyone. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, Text>>
  readonly files: readonly ProcessFile[]
  /** Folders made before the start, mode 0700. */
  readonly folders: readonly string[]
  readonly ports: Readonly<Record<string, ProcessPort>>
  /** Each is met as soon as one of its processes is so. Several are copies of one workload. */
  readonly needs: readonly { readonly anyOf: readonly string[]; readonly until: 'none' | 'once-started' | 'started' | 'ready' | 'completed' }[]
  /** See `Workload.lasting`. */
  readonly lasting?: boolean
  /** See `Workload.startsLast`. */
  readonly startsLast?: boolean
  /** When it counts as started, and then as fit for work. A job is ready when it completed. */
  readonly ready?: ProcessProbe
  readonly stop: ProcessStop
  /** By which it is told to read its certificates again. Without one it looks by itself. */
  readonly reload?: 'SIGHUP'
}

export interface ProcessStop {
  readonly signal: 'SIGTERM' | 'SIGINT'
  readonly graceSeconds: number
  /** It gives its ports back as soon as it is asked to stop, so that its next copy can begin while it finishes its work. @default false */
  readonly handsOver?: boolean
}

export type ProcessProgram =
  /** A program of the toolchain; `command` is one of its executables. */
  | { readonly kind: 'released'; readonly name: string; readonly version: string; readonly command: string }
  /** A module run by this Node; `module` is an absolute path. */
  | { readonly kind: 'node'; readonly module: string }

export interface ProcessPort {
  readonly number: number
  readonly protocol: 'grpc' | 'http' | 'postgresql' | 'tcp'
}

export type ProcessProbe =
  | { readonly kind: 'http'; readonly url: string; readonly periodSeconds: number; readonly timeoutSeconds: number }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly periodSeconds: number; readonly timeoutSeconds: number }
  /** The first words of PostgreSQL's protocol. */
  | { readonly kind: 'postgresql'; readonly host: string; readonly port: number; readonly periodSeconds: number; readonly timeoutSeconds: number }
  /** The standard gRPC health service, asked over TLS with the process's own certificate. */
  | {
      readonly kind: 'grpc'
      readonly address: string
      readonly service: string
      readonly tls?: ProcessTls
      readonly periodSeconds: number
      readonly timeoutSeconds: number
    }

export interface HostPort {
  readonly host: string
  readonly port: number
}

/** The configuration file of a balancer, the module `@sundial/local/balancer`. */
export interface BalancerConfiguration {
  /** Where it says how it is, over HTTP. */
  readonly health: HostPort
  /** What it listens on, by the name of the workload's port. */
  readonly ports: Readonly<Record<string, HostPort>>
  readonly backends: readonly BalancedBackend[]
}

/** A copy that connections are forwarded to. */
export interface BalancedBackend {
  readonly name: string
  readonly ports: Readonly<Record<string, HostPort>>
  /** How it is asked whether it is ready; without it, it always is. */
  readonly ready?: ProcessProbe
}

export interface ProcessTls {
  readonly serverName: string
  readonly caFile: string
  readonly certFile: string
  readonly keyFile: string
}
