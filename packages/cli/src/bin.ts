import { once } from 'node:events'
import { main } from './main.ts'

/** How long something that is still open may keep the process after its work is done, milliseconds. */
const LINGER_MS = 500

await main(process.argv.slice(2))
// A configuration may leave a timer or a connection open, and its process would never end.
for (const stream of [process.stdout, process.stderr]) if (stream.writableNeedDrain) await once(stream, 'drain')
setTimeout(() => process.exit(), LINGER_MS).unref()
