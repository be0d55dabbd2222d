import type { Access } from '../driver/access.ts'
import type { ProcessTable } from '../machine/processes.ts'

/** Where a contestant begins: with nothing but its programs, or with what an earlier run left. */
export type Start = 'fresh' | 'warm'

export interface Workspace {
  /** For everything that contestants write; removed at the end. */
  readonly folder: string
  readonly signal: AbortSignal
  /** Tells what is happening. */
  note(text: string): void
}

/** Something that runs workflows, and is measured. */
export interface Contestant {
  readonly id: string
  /** In tables and plots. */
  readonly title: string
  /** One sentence: what it is, and what it guarantees. */
  readonly description: string
  /** Where it begins when it is measured under load. */
  readonly underLoad: Start
  /** Has its programs, and leaves the state that warm starts begin with. Not measured. */
  prepare(workspace: Workspace): Promise<void>
  /** Starts it and its worker. Resolves when the processes were started, not when they are ready. */
  start(how: Start, workspace: Workspace): Promise<RunningContestant>
}

/** Who used something. */
export type ProcessGroup = 'postgresql' | 'server' | 'worker' | 'supervisor' | 'other'

export interface RunningContestant {
  /** When the command was executed, by the clock that all processes share. */
  readonly startedAt: number
  /** How the driver reaches it. */
  readonly access: Access
  /** Resolves when all of it is ready, the worker too; rejects when a part of it has ended. */
  ready(): Promise<void>
  /** Its processes by what they are for. */
  groups(table: ProcessTable): Promise<ReadonlyMap<ProcessGroup, readonly number[]>>
  /** What it was configured with, and what its database says of its own settings: for the record. */
  settings(): Promise<Readonly<Record<string, string>>>
  /** How to reach its PostgreSQL as superuser, once it is ready. Absent if it has none. */
  database?(): Promise<DatabaseAccess>
  /** Ends all of it, in order. */
  stop(): Promise<void>
}

export interface DatabaseAccess {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly passwordFile: string
  /** Root of the server's certificate. Nothing: not encrypted. */
  readonly caFile?: string
  /** Name of the database that visibility is kept in. */
  readonly visibility: string
}
