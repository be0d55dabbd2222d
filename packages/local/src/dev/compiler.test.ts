import { readFileSync, statSync, symlinkSync } from 'node:fs'
import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Compiler } from './compiler.ts'
import { project, put } from './project.fixture.ts'

const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
const SETTINGS = JSON.stringify({ compilerOptions: { composite: true, rootDir: 'src', outDir: 'dist', types: [] }, include: ['src'] })
const never = new AbortController().signal

async function built(): Promise<{ folder: string; compiler: Compiler }> {
  const folder = await project({ 'package.json': '{"type":"module"}', 'tsconfig.json': SETTINGS, 'src/a.ts': 'export const a = 1\n' })
  symlinkSync(MODULES, join(folder, 'node_modules'))
  const compiler = new Compiler(folder)
  expect(await compiler.build(never)).toEqual({ ok: true })
  return { folder, compiler }
}

test('a source that was saved while the build before it ran is built', async () => {
  const { folder, compiler } = await built()
  const { mtimeMs: written } = statSync(join(folder, 'dist/a.js'))
  await put(folder, 'src/a.ts', 'export const a = 2\n')
  // As if it was saved just before the compiler wrote what it had read.
  await utimes(join(folder, 'src/a.ts'), written / 1000, (written - 1) / 1000)
  expect(await compiler.build(never)).toEqual({ ok: true })
  expect(readFileSync(join(folder, 'dist/a.js'), 'utf8')).toBe('export const a = 2;\n')
})

test('what is built is not built again', async () => {
  const { folder, compiler } = await built()
  const { mtimeMs } = statSync(join(folder, 'dist/a.js'))
  expect(await compiler.build(never)).toEqual({ ok: true })
  expect(statSync(join(folder, 'dist/a.js')).mtimeMs).toBe(mtimeMs)
})

test('a project without anything to build, or without a compiler, says what it lacks', async () => {
  const empty = await project({ 'package.json': '{}' })
  expect(() => new Compiler(empty)).toThrow(/there is no tsconfig\.build\.json or tsconfig\.json/)
  await put(empty, 'tsconfig.json', SETTINGS)
  expect(() => new Compiler(empty)).toThrow(/TypeScript is not installed/)
})
