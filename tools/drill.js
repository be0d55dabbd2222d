// `npm run drill -- NAME`: a long test, such as killing every process while orders run. The drills are in tests/drill.
import { bootstrap } from './bootstrap.js'

await bootstrap()
const { tsImport } = await import('tsx/esm/api')
await tsImport('../tests/drill/main.ts', import.meta.url)
