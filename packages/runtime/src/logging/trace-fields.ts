/** Says which trace a log line belongs to. Nothing, until tracing is started. */
export const traceFields: { current: () => Record<string, string> } = { current: () => ({}) }
