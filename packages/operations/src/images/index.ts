export { LOCK_FILE, lockProblems, lockText, parseLock, type LockProblems } from './lock.ts'
export { resolveDigests, type WantedImage } from './resolve-digests.ts'
