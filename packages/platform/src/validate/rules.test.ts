import { readFileSync } from 'node:fs'
import { loadAll } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { splitPath } from '../model/diagnostics.ts'
import type { AnyObject } from './any-object.ts'
import { Cursor } from './cursor.ts'
import type { Case } from './fixtures/case.fixture.ts'
import { CONTENT_CASES } from './fixtures/content-cases.fixture.ts'
import { STRUCTURE_CASES } from './fixtures/structure-cases.fixture.ts'
import { shownObject } from './object-names.ts'
import { RULES } from './registry.ts'
import type { Schemas } from './schemas.ts'
import { validateObjects } from './validate.ts'

const clean = loadAll(readFileSync(new URL('./fixtures/clean.yaml', import.meta.url), 'utf8')) as AnyObject[]

// The smallest schema that can be: of all kinds, one field is known to be wrong.
const schemas: Schemas = {
  check: (object) => (Cursor.of(object).get('spec', 'replicaz').exists ? [{ path: ['spec', 'replicaz'], message: 'is no field' }] : []),
}
const options = { production: true, schemas }

const CASES = { ...STRUCTURE_CASES, ...CONTENT_CASES }
const cases = Object.entries(CASES).flatMap(([rule, list]) => list.map((each, index) => ({ name: `${rule} ${index + 1}`, rule, each, objects: broken(each) })))

it('finds nothing in a platform without a fault', () => {
  expect(validateObjects(clean, options)).toEqual([])
})

it('has cases for every rule, and rules for every case', () => {
  expect(Object.keys(CASES).toSorted()).toEqual(RULES.map(({ id }) => id).toSorted())
})

describe('each case', () => {
  it.each(cases)('is found by its rule, where it is, and by no other: $name', ({ rule, each, objects }) => {
    const found = validateObjects(objects, options).map((finding) => `${finding.rule}: ${finding.object} ${finding.path}`)
    expect(found.toSorted()).toEqual(
      placesOf(each)
        .map((place) => `${rule}: ${place}`)
        .toSorted(),
    )
  })
})

describe('without a rule', () => {
  const found = cases.map(({ objects }) => new Set(validateObjects(objects, options).map(({ rule }) => rule)))

  it.each(RULES.map(({ id }) => id))('exactly its own cases are not found: %s', (off) => {
    const rules = RULES.filter(({ id }) => id !== off)
    // No rule hears of another: what others find without it is what they found beside it.
    const missed = cases.filter(({ objects }, index) => found[index]?.has(off) && validateObjects(objects, { ...options, rules }).length === 0)
    expect(missed.map(({ name }) => name)).toEqual(cases.filter(({ rule }) => rule === off).map(({ name }) => name))
  })
})

function placesOf({ object, change, finds = Object.keys(change)[0] ?? '', in: where = object }: Case): string[] {
  return [finds].flat().map((path) => (path.startsWith('Deployment ') ? path : `${where} ${path}`))
}

function broken({ object, copy, change }: Case): AnyObject[] {
  const objects = structuredClone(clean) as Record<string, unknown>[]
  const subject = objects.find((each) => shownObject(Cursor.of(each)) === (copy ?? object))
  if (!subject) throw new Error(`the fixture has no ${object}`)
  const changed = copy === undefined ? subject : structuredClone(subject)
  for (const [path, value] of Object.entries(change)) write(changed, path, value)
  return copy === undefined ? objects : [...objects, changed]
}

function write(object: Record<string, unknown>, path: string, value: unknown): void {
  const keys = splitPath(path)
  const last = keys.pop() ?? ''
  const holder = keys.reduce<any>((at, key) => (at[key] ??= {}), object)
  if (value === undefined) delete holder[last]
  else holder[last] = typeof value === 'function' ? (value as (old: unknown) => unknown)(holder[last]) : value
}
