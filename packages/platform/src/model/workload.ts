import type { ProgramReference } from './programs.ts'
import type { Reference, TlsDomain, TrustDomain, Value } from './values.ts'

/** Groups of workloads that are kept apart; each is a namespace in Kubernetes. */
export const AREAS = ['backend', 'product', 'identity', 'outside'] as const
export type Area = (typeof AREAS)[number]

/** Something that runs, as the model sees it: symbolic, for every target. */
export interface Workload {
  readonly kind: 'workload'
  readonly name: string
  readonly component: string
  readonly area: Area
  /** A service runs until it is stopped; a job ends by itself and must succeed; a task is a job that runs only when asked for. */
  readonly runs: 'service' | 'job' | 'task'
  /**
   * A job whose result stays with the platform's own data. On one machine a later start with the same data goes on at once, and the job runs
   * again beside it: what it makes is there, unless somebody took it away. @default false
   */
  readonly lasting?: boolean
  /** Applications work without it. On one machine it starts when the others answer, or some seconds later: processors are few. @default false */
  readonly startsLast?: boolean
  readonly description: string
  /** What it does for its component, in that system's own words, such as Temporal's `history`. */
  readonly roles: readonly string[]
  readonly program: ProgramReference
  /** What must succeed first, in order, with the same environment and files. */
  readonly init: readonly InitStep[]
  readonly args: readonly ArgumentValue[]
  readonly env: Readonly<Record<string, Value>>
  readonly files: Readonly<Record<string, ConfigFile>>
  /** Folders that outlive the workload, by name. */
  readonly volumes: readonly string[]
  readonly ports: Readonly<Record<string, Port>>
  readonly certificates: readonly CertificateNeed[]
  /** The signal by which it is told to read its certificates again. @default none: it looks by itself, as most do */
  readonly reload?: 'SIGHUP'
  readonly calls: readonly Call[]
  readonly needs: readonly Need[]
  readonly ready?: Probe
  readonly stop: Stop
  readonly scale: Scale
  readonly resources: Resources
}

/** A part of a command line. Never a secret's content: everyone on a machine can read command lines. */
export type ArgumentValue = string | Exclude<Reference, { readonly ref: 'secret' }>

export interface InitStep {
  readonly name: string
  /** @default the workload's own program */
  readonly program?: ProgramReference
  /** See `Workload.lasting`. @default false */
  readonly lasting?: boolean
  readonly args: readonly ArgumentValue[]
}

/** A configuration file: a tree with symbolic leaves, written by the target in the file's format. */
export interface ConfigFile {
  /** `lines`: a list of texts, each a line, for programs with formats of their own. */
  readonly format: 'yaml' | 'json' | 'lines'
  readonly content: ConfigTree
  /** The program reads it again while it runs. Workloads with the same file share it under this name. @default none: it is read once */
  readonly reloadedFrom?: string
}
export type ConfigTree = Value | null | readonly ConfigTree[] | { readonly [key: string]: ConfigTree | undefined }

export type Protocol = 'grpc' | 'http' | 'postgresql' | 'tcp'

export interface Port {
  /** The number in a pod, and the first choice on a laptop. */
  readonly number: number
  readonly protocol: Protocol
  readonly tls?: PortTls
  /** How a caller shows who it is, beyond its certificate. @default none */
  readonly authentication?: 'token' | 'password' | 'api-key'
  /** Reached by people or programs outside the platform. */
  readonly public?: boolean
  /** The first part of the name that outsiders open it at, where there is a domain. @default the party's name */
  readonly publicName?: string
}

export interface PortTls {
  readonly domain: TlsDomain
  /** Callers must present a certificate of the domain. */
  readonly mutual: boolean
  /** The logical name in the certificate, which every caller asks for. */
  readonly serverName: string
}

/** A leaf certificate of the workload; at most one for each domain. */
export interface CertificateNeed {
  readonly domain: TrustDomain
  readonly usages: readonly ('server' | 'client')[]
  /** The address is in the certificate too, for callers that verify it (PostgreSQL's drivers send no server name). */
  readonly address?: boolean
}

/** This workload opens connections to that port. */
export interface Call {
  readonly party: string
  readonly port: string
}

/**
 * This must be so before the workload starts, and stay there until it has stopped. A relation of its own, since calls form cycles.
 * `none`: the workload waits by itself; `started`: it runs and answers, whether or not it is ready; `once-started`: it has done so once with these
 * data, now or earlier; `completed`: a job that ended well.
 */
export interface Need {
  readonly party: string
  readonly until: 'none' | 'once-started' | 'started' | 'ready' | 'completed'
}

export type Probe =
  | { readonly kind: 'http'; readonly port: string; readonly path: string }
  | { readonly kind: 'tcp'; readonly port: string }
  | { readonly kind: 'grpc'; readonly port: string; readonly service: string }

export interface Stop {
  /** Seconds from the signal until it is killed. */
  readonly graceSeconds: number
  /** @default SIGTERM */
  readonly signal?: 'SIGTERM' | 'SIGINT'
  /**
   * With STOP_RELEASES_PORTS set it gives its ports back as soon as it is asked to stop, and then finishes its work, so that on one machine its
   * next copy need not wait for it. It must share nothing else that only one may have. @default false
   */
  readonly handsOver?: boolean
}

export interface Scale {
  /** Running copies. They share no files, and any of them answers for all. */
  readonly replicas: number
  /** Where that number is set: keys from the root of the platform's settings. Nothing if there is always one. */
  readonly setting?: readonly string[]
  /** Where copies can be added by themselves, up to so many. @default none: the number is fixed */
  readonly upTo?: { readonly copies: number; readonly by: 'cpu' | 'backlog' }
}

/** In Kubernetes' own quantities. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string }
  readonly limits: { readonly cpu: string; readonly memory: string }
}
