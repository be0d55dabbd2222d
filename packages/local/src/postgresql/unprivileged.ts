import { basename } from 'node:path'
import { SundialError } from '@sundial/platform/errors'
import { runCommand } from '../toolchain/run-command.ts'
import { giveFolders, lookUp, type User } from './users.ts'

export interface Command {
  readonly command: string
  readonly args: readonly string[]
}

/**
 * Inside, the process is user 1000; outside, it and its files stay root's, so no permission of any folder matters.
 * Without --fork, unshare becomes the program: the process id is the program's own, and signals reach it.
 */
const NAMESPACE = { command: 'unshare', args: ['--user', '--map-user=1000', '--map-group=1000', '--'] } as const
/** The database's own user where there is one. */
const USERS = ['postgres', 'nobody'] as const

/**
 * A command for a program that refuses to run as root, which is the user in many containers, as PostgreSQL's and OpenSearch do.
 * Anyone else gets the command as it is.
 * @param ownFolders folders of the program's data: given to the user that it will run as, if they exist
 * @throws SundialError if there is no way to stop being root
 */
export async function asUnprivileged(command: string, args: readonly string[], ownFolders: readonly string[] = []): Promise<Command> {
  if (process.getuid?.() !== 0) return { command, args }
  if (process.platform === 'linux') {
    if (await works(NAMESPACE)) return inNamespace({ command, args }, ownFolders)
    for (const name of USERS) {
      const user = await lookUp(name)
      if (user && (await works(otherUser(user)))) return asOtherUser(user, { command, args }, ownFolders)
    }
  }
  throw new SundialError('SUN_START_FAILED', `${basename(command)} does not run as root, and this process cannot become another user`, {
    hint: 'Run as an ordinary user. In a container, allow user namespaces, or install setpriv (package util-linux) and keep the capabilities SETUID, SETGID, CHOWN and DAC_OVERRIDE.',
  })
}

/** The command as user 1000 of a namespace of its own, for a process of root's. */
export async function inNamespace(command: Command, ownFolders: readonly string[]): Promise<Command> {
  await giveFolders(ownFolders, { uid: 0, gid: 0 })
  return within(NAMESPACE, command)
}

/** The command as another user of the machine, for a process of root's where namespaces are not allowed. */
export async function asOtherUser(user: User, command: Command, ownFolders: readonly string[]): Promise<Command> {
  await giveFolders(ownFolders, user)
  return within(otherUser(user), command)
}

/** The state folder is open to root alone, so the user keeps the right to pass through folders. */
function otherUser({ uid, gid }: User): Command {
  return { command: 'setpriv', args: [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--'] }
}

function within(wrapper: Command, { command, args }: Command): Command {
  return { command: wrapper.command, args: [...wrapper.args, command, ...args] }
}

async function works(wrapper: Command): Promise<boolean> {
  const { command, args } = within(wrapper, { command: 'true', args: [] })
  return runCommand(command, args, { timeoutMs: 10_000 }).then(
    ({ code }) => code === 0,
    () => false,
  )
}
