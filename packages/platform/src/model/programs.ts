/** What a workload runs. */
export type ProgramReference =
  | ReleasedProgram
  /** A module for Node: a path from the platform's folder (`./…`), or a package's entry. */
  | { readonly kind: 'node'; readonly module: string }

/** A released program of the versions table; `command` is one of its executables. */
export interface ReleasedProgram {
  readonly kind: 'released'
  readonly name: ProgramName
  readonly version: string
  readonly command: string
}

export type ProgramName = 'temporal' | 'temporal-ui' | 'postgresql' | 'opensearch' | 'opentelemetry-collector' | 'temporal-test-server'
