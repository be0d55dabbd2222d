/** The name of an image, taken apart as container runtimes do it. */
export interface ImageName {
  /** Host, with a port where there is one. */
  readonly registry: string
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

const DOCKER_HUB = 'docker.io'
/** Host and path, then a tag, then a digest. */
const PARTS = /^(?<path>[^@]+?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/

/**
 * A name without a registry is one of Docker Hub, where a name without an owner is an official image.
 * @throws Error if it is no image's name
 */
export function parseImage(text: string): ImageName {
  const { path, tag, digest } = PARTS.exec(text)?.groups ?? {}
  if (path === undefined) throw new Error(`"${text}" is not the name of an image`)
  const [first = '', ...rest] = path.split('/')
  const named = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const registry = named ? first : DOCKER_HUB
  const below = named ? rest.join('/') : path
  return {
    registry,
    repository: registry === DOCKER_HUB && !below.includes('/') ? `library/${below}` : below,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  }
}

/** The host that answers for a registry: Docker Hub's is not its name. */
export function apiHost(registry: string): string {
  return registry === DOCKER_HUB ? 'registry-1.docker.io' : registry
}
