import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { resolvePlatform, type PlatformInput } from '@sundial/platform'
import type { Plan } from '@sundial/platform/model'
import { makePlan } from '@sundial/platform/plan'
import { processPorts } from '@sundial/platform/render'
import { reservePort } from '../ports/reserve-port.ts'
import type { PortRequest } from '../ports/choose-ports.ts'
import { savePorts, type KeptPorts } from '../ports/store.ts'
import { programRequests } from '../programs.ts'
import { openState, stateFolder } from '../state/index.ts'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { programFolder } from '../toolchain/cache-folder.ts'
import { writeManifest } from '../toolchain/manifest.ts'
import type { DoctorContext } from './check.ts'
import { readMachineFacts } from './machine-facts.ts'

const GIB = 2 ** 30

export function planOf(input: object = {}): Plan {
  return makePlan(resolvePlatform({ name: 'test', ...input } satisfies PlatformInput, 'development'))
}

/** A machine on which nothing is wrong, and the state of a platform that was up once. */
export async function healthy(plan: Plan = planOf()): Promise<DoctorContext> {
  const projectFolder = await temporaryFolder()
  const state = stateFolder(projectFolder, 'development')
  await openState(state)
  await savePorts(state, await freePorts(processPorts(plan)))
  const env = { PATH: process.env['PATH'], SUNDIAL_CACHE: await temporaryFolder() }
  for (const request of programRequests(plan)) {
    const folder = programFolder(request, env)
    await mkdir(folder, { recursive: true })
    for (const command of request.commands) await writeFile(join(folder, command), `#!/bin/sh\necho ${request.version}\n`, { mode: 0o755 })
    await writeManifest(folder, request, 'release')
  }
  const machine = {
    ...(await readMachineFacts()),
    nodeVersion: '20.19.0',
    os: 'linux',
    arch: 'x64',
    libc: 'glibc' as const,
    cores: 2,
    memory: 8 * GIB,
    freeMemory: 4 * GIB,
    openFiles: 4096,
    resolve: async () => ['127.0.0.1', '::1'],
    volume: async () => ({ freeBytes: 10 * GIB, inodes: 1_000_000, freeInodes: 500_000, type: 0xef53 }),
  }
  return { env, machine, projectFolder, state, plan, now: new Date() }
}

async function freePorts(requests: readonly PortRequest[]): Promise<KeptPorts> {
  const held = await Promise.all(requests.map(async (request) => ({ ...request, reservation: await reservePort(0) })))
  await Promise.all(held.map(async ({ reservation }) => reservation?.release()))
  return Object.fromEntries(held.map(({ key, preferred, reservation }) => [key, { port: reservation?.port ?? 0, preferred }]))
}
