/** The workflows of a contract could not be bundled; the message says why. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
}
