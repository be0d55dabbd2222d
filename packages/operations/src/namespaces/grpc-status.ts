/** The gRPC status codes that have a meaning for us. */
export const INVALID_ARGUMENT = 3
export const NOT_FOUND = 5
export const ALREADY_EXISTS = 6
export const PERMISSION_DENIED = 7

/** Whether an error of the SDK's raw services has one of these codes. */
export function hasStatus(error: unknown, ...codes: readonly number[]): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'number' && codes.includes(code)
}
