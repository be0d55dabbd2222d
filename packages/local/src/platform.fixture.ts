// Stands in for the process that runs a platform: it has the lock of the state folder of argv[2], and reports the
// states of argv[3] and so on. After the last it stays, or, if that is "end", ends with 0; "killed" is by SIGKILL.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lockState, stateFolder } from './state/index.ts'
import { writeFileAtomically } from './state/private-files.ts'

const [, , project = '', ...states] = process.argv
const state = stateFolder(project, 'development')
await lockState(state)
await writeFile(join(state.run, 'environment'), JSON.stringify(process.env))
for (const each of states) {
  if (each === 'end') process.exit(0)
  if (each === 'killed') process.kill(process.pid, 'SIGKILL')
  const status = { state: each, pid: process.pid, startedAt: new Date().toISOString(), processes: [] }
  await writeFileAtomically(join(state.run, 'status.json'), JSON.stringify(status))
}
console.log('says this')
setInterval(() => {}, 1000)
