/** A long test with a result that is kept. */
export interface Drill {
  readonly name: string
  readonly summary: string
  /** Numbers that it takes, by name. */
  readonly options: Readonly<Record<string, { readonly default: number; readonly what: string }>>
  /** Whether all was as it must be. */
  run(options: Readonly<Record<string, number>>): Promise<boolean>
}
