const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** A quantity as Kubernetes writes it, such as `500m`, `16Gi` or `1e3`, as a number: of cores, or of bytes. 0 if it is none. */
export function quantity(text: unknown): number {
  const [, amount, unit = ''] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(String(text)) ?? []
  return amount === undefined ? 0 : Number(amount) * (FACTORS[unit] ?? 0)
}

const GIB = 2 ** 30

export function gibibytes(bytes: number): number {
  return Math.round((bytes / GIB) * 10) / 10
}
