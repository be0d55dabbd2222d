/** What the collector's file exporter writes of OTLP's JSON, as far as it is read here: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export interface OtlpTraces {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly OtlpAttribute[] }
    readonly scopeSpans?: readonly { readonly spans?: readonly OtlpSpan[] }[]
  }[]
}

export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  /** Nanoseconds since 1970, as text. */
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes?: readonly OtlpAttribute[]
  /** Code 2 is an error. */
  readonly status?: { readonly code?: number; readonly message?: string }
}

export interface OtlpAttribute {
  readonly key: string
  /** One of stringValue, intValue (as text), doubleValue, boolValue and others. */
  readonly value: Readonly<Record<string, unknown>>
}

export const ERROR = 2

export function attributesOf(attributes: readonly OtlpAttribute[] = []): Record<string, string> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      const [content] = Object.values(value)
      return [key, typeof content === 'string' ? content : JSON.stringify(content)]
    }),
  )
}
