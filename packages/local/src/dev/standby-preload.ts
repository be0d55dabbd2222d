import { readSync } from 'node:fs'
import { STANDBY_MODULES } from './standby-modules.ts'

// Runs in a process of the application, before its own module.
const modules = JSON.parse(process.env[STANDBY_MODULES] ?? '[]') as string[]
delete process.env[STANDBY_MODULES]
// What cannot be loaded says so when the application loads it.
await Promise.allSettled(modules.map((address) => import(address)))
// Nothing is there: whoever started it is gone.
if (readSync(0, Buffer.alloc(1)) === 0) process.exit(0)
