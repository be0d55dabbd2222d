/** What a bundle was made from. It stands in a comment at its beginning, so that a worker can refuse one that is not its own. */
export interface BundleLabel {
  readonly contract: string
  /** See `manifestHash`. */
  readonly manifest: string
  /** The version of `@temporalio/workflow` in it, which must be the worker's. */
  readonly sdk: string
  /** Whether workflows in it are traced. */
  readonly tracing: 'on' | 'off'
}

/** In what two labels differ. */
export function labelDifferences(found: BundleLabel, wanted: BundleLabel): readonly (keyof BundleLabel)[] {
  return (['contract', 'manifest', 'sdk', 'tracing'] as const).filter((key) => found[key] !== wanted[key])
}

/** On the first line of the code, so that its source map stays right. */
export function addLabel(code: string, { contract, manifest, sdk, tracing }: BundleLabel): string {
  return `/* sundial-workflow-bundle contract=${contract} manifest=${manifest} sdk=${sdk} tracing=${tracing} */ ${code}`
}

export function readLabel(code: string): BundleLabel | undefined {
  const match = /^\/\* sundial-workflow-bundle contract=(\S+) manifest=(\S+) sdk=(\S+) tracing=(on|off) \*\//.exec(code)
  const [, contract, manifest, sdk, tracing] = match ?? []
  if (contract === undefined || manifest === undefined || sdk === undefined) return undefined
  return { contract, manifest, sdk, tracing: tracing === 'on' ? 'on' : 'off' }
}
