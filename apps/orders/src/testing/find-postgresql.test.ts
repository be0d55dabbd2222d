import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findPostgresql } from './find-postgresql.ts'

/** A folder with programs that say they are of a version. */
function install(version: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'orders-find-postgresql-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const program of ['postgres', 'initdb']) {
    writeFileSync(join(folder, program), `#!/bin/sh\necho '${program} (PostgreSQL) ${version}'\n`)
    chmodSync(join(folder, program), 0o755)
  }
  return folder
}

test('takes what the variable names, then the usual folders, then the PATH', () => {
  const [named, usual, onPath] = [install('15.1'), install('15.2'), install('15.3')]
  expect(findPostgresql({ SUNDIAL_PROGRAM_POSTGRESQL: named, PATH: onPath }, [usual])).toEqual({ folder: named })
  expect(findPostgresql({ PATH: onPath }, [usual])).toEqual({ folder: usual })
  expect(findPostgresql({ PATH: `/nowhere:${onPath}` }, ['/nowhere'])).toEqual({ folder: onPath })
})

test('says why there is none', () => {
  const other = install('16.4')
  expect(findPostgresql({ PATH: other }, [other])).toEqual({
    missing: 'PostgreSQL 15 is not installed; install it, or set SUNDIAL_PROGRAM_POSTGRESQL to the folder of its programs',
  })
  expect(findPostgresql({ SUNDIAL_PROGRAM_POSTGRESQL: other })).toEqual({ missing: `SUNDIAL_PROGRAM_POSTGRESQL names ${other}, which has no PostgreSQL 15` })
})
