/** Lays `over` on `base`: plain objects are merged, everything else replaces. A new value; neither argument is changed. */
export function merge(base: unknown, over: unknown): unknown {
  if (over === undefined) return base
  if (!isMergeable(base) || !isMergeable(over)) return over
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) merged[key] = merge(base[key], value)
  return merged
}

/** Contracts hold schemas, which are class instances in places: they are whole values. */
function isMergeable(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.getPrototypeOf(value) === Object.prototype && !('workflows' in value && 'taskQueue' in value)
}
