/** Everything that is wrong with the environment variables of a process, at once. Never holds the value of a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  /** One line a variable: its name, what was found, what is allowed. */
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`${problems.length} ${problems.length === 1 ? 'setting is' : 'settings are'} wrong:\n${problems.map((p) => `  - ${p}`).join('\n')}`)
    this.problems = problems
  }
}
