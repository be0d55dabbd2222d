/** What a bundle was made from. It stands in a comment at its beginning, so that a worker can refuse one that is not its own. */
export interface BundleLabel {
  readonly contract: string
  /** See `manifestHash`. */
  readonly manifest: string
  /** The version of `@temporalio/workflow` in it, which must be the worker's. */
  readonly sdk: string
  /** Whether workflows in it are traced. */
  readonly tracing: 'on' | 'off'
  /** The version of what a worker of ours needs of a bundle. */
  readonly kit: string
}

/** Under these names `./sundial contract build` writes the bundles of a contract into one folder, of which a worker takes the one that it needs. */
export const BUNDLE_FILES = { on: 'workflow-bundle-traced.js', off: 'workflow-bundle.js' } as const satisfies Record<BundleLabel['tracing'], string>

/** 2: messages of failures can be encoded, by {@link withEncodedFailures}. */
export const KIT = '2'

/** In what two labels differ. */
export function labelDifferences(found: BundleLabel, wanted: BundleLabel): readonly (keyof BundleLabel)[] {
  return (['contract', 'manifest', 'sdk', 'tracing', 'kit'] as const).filter((key) => found[key] !== wanted[key])
}

/** On the first line of the code, so that its source map stays right. */
export function addLabel(code: string, { contract, manifest, sdk, tracing, kit }: BundleLabel): string {
  return `/* sundial-workflow-bundle contract=${contract} manifest=${manifest} sdk=${sdk} tracing=${tracing} kit=${kit} */ ${code}`
}

const LABEL = /^\/\* sundial-workflow-bundle contract=(\S+) manifest=(\S+) sdk=(\S+) tracing=(on|off) kit=(\S+) \*\//

export function readLabel(code: string): BundleLabel | undefined {
  const [, contract, manifest, sdk, tracing, kit] = LABEL.exec(code) ?? []
  if (contract === undefined || manifest === undefined || sdk === undefined || kit === undefined) return undefined
  return { contract, manifest, sdk, tracing: tracing === 'on' ? 'on' : 'off', kit }
}

/** The same bundle, whose workflows put the messages of failures into payloads, where a codec encrypts them. The lines stay where they are. */
export function withEncodedFailures(code: string): string {
  return code.replace(LABEL, '$& globalThis.sundialEncodesFailures = true;')
}
