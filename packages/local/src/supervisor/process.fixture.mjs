// A program for the supervisor's tests. What it does is said by its environment:
// NAME, EVENTS: adds lines "<name> <event>" to a file. PORT: serves /readyz, 503 while the file NOT_READY exists.
// SAY: prints it. CODE: ends at once with it. FAILURES: of the first so many runs (counted in RUNS) each ends with 3.
// BROKEN: ends with 3 while that file exists. HANDS_OVER: gives its port back as soon as it is asked to stop.
// STOP_MS: takes this long to stop. IGNORE: does not stop when asked. GRANDCHILD: leaves a process behind.
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const { NAME, EVENTS, PORT, NOT_READY, SAY, CODE, FAILURES, STOP_MS, IGNORE, GRANDCHILD, AFTER, BROKEN, HANDS_OVER } = process.env
const note = (event) => appendFileSync(EVENTS, `${NAME} ${event}\n`)

if (SAY) console.log(SAY)
if (GRANDCHILD) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  note(`grandchild ${child.pid}`)
}
note(`started ${process.pid}`)
if (FAILURES && readFileSync(EVENTS, 'utf8').split(`${NAME} started`).length - 1 <= Number(FAILURES)) process.exit(3)
if (CODE !== undefined) process.exit(Number(CODE))
if (BROKEN && existsSync(BROKEN)) process.exit(3)
let server

process.on('SIGHUP', () => note('asked SIGHUP'))
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    note(`asked ${signal}`)
    if (IGNORE) return
    if (HANDS_OVER) server.close()
    setTimeout(
      () => {
        note('stopped')
        process.exit(0)
      },
      Number(STOP_MS ?? 0),
    )
  })
}
// Ready only when another was started too: proves that both run at the same time.
const ready = () => (AFTER ? readFileSync(EVENTS, 'utf8').includes(`${AFTER} started`) : true) && !(NOT_READY && existsSync(NOT_READY))
if (PORT) {
  server = createServer((request, response) => {
    response.statusCode = ready() ? 200 : 503
    response.end(ready() ? 'ready' : 'still loading')
  }).listen(Number(PORT), '127.0.0.1')
} else {
  setInterval(() => {}, 1000)
}
