/**
 * Does what the platform can do without, such as writing down its status: on a full disk it has to go on, and to stop in order later.
 * Of failures in a row the first is a warning.
 * @param what is not done when it fails, for the warning
 */
export function bestEffort(what: string): (action: () => void) => void {
  let failing = false
  return (action) => {
    try {
      action()
      failing = false
    } catch (error) {
      // Only what the system refused: anything else is a mistake of ours.
      if (!(error instanceof Error && 'syscall' in error)) throw error
      if (!failing) process.emitWarning(`${what}: ${error.message}`)
      failing = true
    }
  }
}
