/** What a bundle was made from. It stands in a comment at its beginning, so that a worker can refuse one that is not its own. */
export interface BundleLabel {
  readonly contract: string
  /** See `manifestHash`. */
  readonly manifest: string
  /** The version of `@temporalio/workflow` in it, which must be the worker's. */
  readonly sdk: string
}

/** In what two labels differ. */
export function labelDifferences(found: BundleLabel, wanted: BundleLabel): readonly (keyof BundleLabel)[] {
  return (['contract', 'manifest', 'sdk'] as const).filter((key) => found[key] !== wanted[key])
}

/** On the first line of the code, so that its source map stays right. */
export function addLabel(code: string, { contract, manifest, sdk }: BundleLabel): string {
  return `/* sundial-workflow-bundle contract=${contract} manifest=${manifest} sdk=${sdk} */ ${code}`
}

export function readLabel(code: string): BundleLabel | undefined {
  const match = /^\/\* sundial-workflow-bundle contract=(\S+) manifest=(\S+) sdk=(\S+) \*\//.exec(code)
  const [, contract, manifest, sdk] = match ?? []
  return contract !== undefined && manifest !== undefined && sdk !== undefined ? { contract, manifest, sdk } : undefined
}
