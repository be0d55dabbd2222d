const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
}

/** Bytes of an amount of storage in Kubernetes' form, such as `10Gi`. */
export function bytesOf(value: unknown): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kMGTP]|[KMGTP]i)?$/.exec(String(value)) ?? []
  return number === undefined ? undefined : Number(number) * (UNITS[unit] ?? Number.NaN)
}
