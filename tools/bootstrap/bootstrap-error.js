/** Something that keeps the repository from running, told so that a person can mend it. Shown without a stack. */
export class BootstrapError extends Error {
  /** @override */
  name = 'BootstrapError'
}
