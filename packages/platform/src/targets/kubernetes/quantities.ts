const BINARY: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 }

/** Processors, from Kubernetes' `500m` or `2`. */
export function cpuOf(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity)
}

/** Bytes, from Kubernetes' `512Mi` or `2Gi`. */
export function memoryOf(quantity: string): number {
  const unit = BINARY[quantity.slice(-2)]
  const bytes = unit === undefined ? Number(quantity) : Number(quantity.slice(0, -2)) * unit
  if (Number.isNaN(bytes)) throw new Error(`"${quantity}" is no amount of memory`)
  return bytes
}

/** Rounded up to whole processors. */
export function formatCpu(cpu: number): string {
  return String(Math.ceil(cpu))
}

/** Rounded up to whole gibibytes. */
export function formatMemory(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 30)}Gi`
}

interface Requests {
  readonly cpu: string
  readonly memory: string
}

/** What several containers ask for together, in so many copies. */
export function multipliedRequests(containers: readonly Requests[], copies: number): Requests {
  const cpu = containers.reduce((sum, container) => sum + cpuOf(container.cpu), 0)
  const memory = containers.reduce((sum, container) => sum + memoryOf(container.memory), 0)
  return { cpu: `${Math.round(cpu * copies * 1000)}m`, memory: `${Math.ceil((memory * copies) / 2 ** 20)}Mi` }
}
