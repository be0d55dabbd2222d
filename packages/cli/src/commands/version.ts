import { createRequire } from 'node:module'
import { knownVersions } from '@sundial/platform/model'
import type { CommandCall } from '../commands.ts'
import { print, printJson } from '../output.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const versions = { sundial: ownVersion(), ...broughtVersions(), node: process.versions.node }
  if (options['json']) printJson(versions)
  else
    print(
      [
        `sundial ${versions.sundial}`,
        `Temporal server ${versions.temporal}, Web UI ${versions['temporal-ui']}, PostgreSQL ${versions.postgresql}`,
        `Node ${versions.node}`,
      ].join('\n'),
    )
}

/** Those that a platform has if it says nothing else. */
function broughtVersions() {
  return { temporal: knownVersions('temporal')[0], 'temporal-ui': knownVersions('temporal-ui')[0], postgresql: knownVersions('postgresql')[0] }
}

function ownVersion(): string {
  return (createRequire(import.meta.url)('../../package.json') as { version: string }).version
}
