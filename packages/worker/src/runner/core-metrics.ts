/** The SDK's core answers from this process, so that this is long, in milliseconds. */
const TIMEOUT_MS = 500

/**
 * The metrics of the SDK's core, which serves them on a port of its own and keeps no registry that could be read otherwise.
 * When they cannot be had the rest is still served, and `sundial_core_scrape_up` is 0.
 */
export async function coreMetrics(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok) throw new Error(`status ${response.status}`)
    return `${await response.text()}${scrapeUp(1)}`
  } catch {
    return scrapeUp(0)
  }
}

function scrapeUp(value: 0 | 1): string {
  return `# HELP sundial_core_scrape_up Whether the metrics of the Temporal SDK's core could be read.\n# TYPE sundial_core_scrape_up gauge\nsundial_core_scrape_up ${value}\n`
}
