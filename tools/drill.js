// `npm run drill -- NAME`: a long test, such as killing every process while orders run. The drills are in tests/drill.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { bootstrap, root } from './bootstrap.js'

// A terminal's Ctrl-C goes to the drill as well, which stops what it started.
process.on('SIGINT', () => {})

await bootstrap()
const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'tests/drill/main.ts'), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
child.on('close', (code) => (process.exitCode = code ?? 2))
