/** What LOG_LEVEL may be, from the most to the least that is written. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** What is wrong with a level, or nothing. */
export function logLevelProblem(level: string): string | undefined {
  return (LOG_LEVELS as readonly string[]).includes(level) ? undefined : `LOG_LEVEL is "${level}"; write one of ${LOG_LEVELS.join(', ')}`
}
