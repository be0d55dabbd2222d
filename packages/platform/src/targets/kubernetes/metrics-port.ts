import type { Workload } from '../../model/workload.ts'

const METRICS_PORTS = ['metrics', 'operations']

/** The name of the port at which a workload's copies are scraped, if they are. */
export function metricsPortOf({ ports }: Workload): string | undefined {
  return METRICS_PORTS.find((name) => name in ports)
}
