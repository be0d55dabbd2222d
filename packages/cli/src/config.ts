import { ENVIRONMENTS, suggest, SundialError, type EnvironmentName } from '@sundial/platform'

export { findProject, type Project } from './config/project.ts'

export function environmentName(text: string): EnvironmentName {
  const known = ENVIRONMENTS.find((name) => name === text)
  if (known) return known
  const hint = suggest(text, ENVIRONMENTS)
  throw new SundialError('SUN_UNKNOWN_NAME', `"${text}" is not an environment; known: ${ENVIRONMENTS.join(', ')}`, { hint: hint ?? 'Use one of these.' })
}
