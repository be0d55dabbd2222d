import { getHeapStatistics } from 'node:v8'

/** What a cached workflow may take, in bytes. Measured for an empty one with 20 compiled schemas: 0.34 MiB; the rest is for what workflows keep. */
const BYTES_PER_WORKFLOW = 1024 * 1024
/** The part of the memory that the cache may fill. */
const SHARE = 0.5
const SMALLEST = 10

/** How many workflows a worker keeps between their tasks. The SDK's own default counts the machine's memory, not what this process may use. */
export function cacheSize(limits: { heapBytes: number; processBytes: number } = memoryLimits()): number {
  return Math.max(SMALLEST, Math.floor((Math.min(limits.heapBytes, limits.processBytes) * SHARE) / BYTES_PER_WORKFLOW))
}

function memoryLimits() {
  // 0, or more than there is, when no cgroup limits this process.
  const constrained = process.constrainedMemory()
  return { heapBytes: getHeapStatistics().heap_size_limit, processBytes: constrained > 0 ? constrained : Number.MAX_SAFE_INTEGER }
}
