// `npm run bench -- <name>`: measures the product against others. See bench/README.md.
import { bootstrap } from './bootstrap.js'

await bootstrap({ build: 'bench' })
await import('../bench/dist/main.js')
