/** Blueprints, as ConfigMaps: of the plan's clients, and of the systems that people log in to. */
export const PLATFORM_BLUEPRINT = 'authentik-platform'
export const SYSTEMS_BLUEPRINT = 'authentik-systems'
/** Who is in this group may change everything in the systems; all others look. */
export const ADMINISTRATORS = 'platform-admins'

/** The variable by which a blueprint reads the secret of a client. */
export function clientVariable(id: string): string {
  return `CLIENT_SECRET_${id.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
}
