import { certificates } from './certificates.ts'
import type { Check } from './check.ts'
import { clock } from './clock.ts'
import { disk } from './disk.ts'
import { environment } from './environment.ts'
import { fileWatches, openFiles } from './limits.ts'
import { loopback } from './loopback.ts'
import { modules } from './modules.ts'
import { node, npm } from './node.ts'
import { ports } from './ports.ts'
import { postgresql } from './postgresql.ts'
import { processes } from './processes.ts'
import { programs } from './programs.ts'
import { secrets } from './secrets.ts'
import { stateFolderCheck } from './state-folder.ts'
import { cores, memory, system } from './system.ts'

/** Everything that is looked at, in the order in which it is shown: what others build on comes first. */
export const CHECKS: readonly Check[] = [
  system,
  node,
  npm,
  cores,
  memory,
  disk,
  openFiles,
  fileWatches,
  loopback,
  environment,
  modules,
  programs,
  postgresql,
  stateFolderCheck,
  processes,
  ports,
  secrets,
  certificates,
  clock,
]
