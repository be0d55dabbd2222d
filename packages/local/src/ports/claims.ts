import { createHash } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { waitForLock } from '../state/lock.ts'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import { isAlive, processIdentity, type ProcessIdentity } from '../state/process-identity.ts'
import { cacheFolder } from '../toolchain/cache-folder.ts'
import type { Ports } from './choose-ports.ts'

/** Ports of one platform that runs or starts on this machine, by who runs it. */
interface Claim {
  readonly owner: ProcessIdentity
  readonly ports: readonly number[]
}

/**
 * Lets one platform of this user at a time choose its ports, knowing those that the others have: a port that was chosen is free
 * until its program listens there, and a second start would choose it too, and take the other's answers for its own.
 * @param root the state folder's path: a platform's own claim is replaced
 */
export async function claimPorts(root: string, choose: (taken: ReadonlySet<number>) => Promise<Ports>): Promise<Ports> {
  const folder = claimsFolder()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = await waitForLock(join(folder, 'lock'))
  try {
    const own = claimFile(root)
    const ports = await choose(await portsOfOthers(folder, own))
    const owner = await processIdentity(process.pid)
    if (owner) await writeFileAtomically(join(folder, own), `${JSON.stringify({ owner, ports: Object.values(ports) } satisfies Claim)}\n`)
    return ports
  } finally {
    await lock.release()
  }
}

export async function releasePorts(root: string): Promise<void> {
  await rm(join(claimsFolder(), claimFile(root)), { force: true })
}

async function portsOfOthers(folder: string, own: string): Promise<ReadonlySet<number>> {
  const taken = new Set<number>()
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.json') || file === own) continue
    const text = await readFileIfPresent(join(folder, file))
    if (text === undefined) continue
    // One that cannot be read says nothing, and goes with those whose owner has ended.
    const claim = parse(text)
    if (claim && (await isAlive(claim.owner))) for (const port of claim.ports) taken.add(port)
    else await rm(join(folder, file), { force: true })
  }
  return taken
}

function parse(text: string): Claim | undefined {
  try {
    const claim = JSON.parse(text) as Partial<Claim> | null
    const owned = typeof claim?.owner?.pid === 'number' && typeof claim.owner.started === 'string'
    return owned && Array.isArray(claim.ports) ? (claim as Claim) : undefined
  } catch {
    return undefined
  }
}

/** The user's own cache folder, wherever programs are kept: all platforms of the user must look in one place. */
function claimsFolder(): string {
  const { HOME, XDG_CACHE_HOME } = process.env
  return join(cacheFolder({ HOME, XDG_CACHE_HOME }), 'ports')
}

function claimFile(root: string): string {
  return `${createHash('sha256').update(root).digest('hex').slice(0, 16)}.json`
}
