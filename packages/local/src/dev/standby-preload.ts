import { readSync } from 'node:fs'
import { STANDBY_MODULES } from './standby-modules.ts'

// Runs in a process of the application, before its own module.
const modules = JSON.parse(process.env[STANDBY_MODULES] ?? '[]') as string[]
delete process.env[STANDBY_MODULES]
// What cannot be loaded says so when the application loads it.
const loaded = await Promise.allSettled(modules.map((address) => import(address) as Promise<{ warmUp?: unknown }>))
// Some know more that they can do ahead.
const warmUps = loaded.flatMap((each) => (each.status === 'fulfilled' && typeof each.value.warmUp === 'function' ? [each.value.warmUp as () => unknown] : []))
await Promise.allSettled(warmUps.map(async (warmUp) => warmUp()))
// Nothing is there: whoever started it is gone.
if (readSync(0, Buffer.alloc(1)) === 0) process.exit(0)
