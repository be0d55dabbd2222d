import { expect, test } from 'vitest'
import { schemathesisMarkdown } from './markdown.ts'

const machine = { cpu: 'a processor', cores: 2, memoryGiB: 8, load: 2.5, system: 'Linux', node: 'v20', commit: 'abc' }
const context = { machine, date: '2026-01-01', examples: 200 }

test('a result says in its first lines whether all was as it must be', () => {
  const good = { ok: true, cases: 500, seconds: 9 }
  expect(schemathesisMarkdown({ everything: good, nothing: good }, context)).toContain(
    '1000 requests that the document allows, or does not: **no answer was 5xx',
  )
  expect(schemathesisMarkdown({ everything: good, nothing: { ...good, ok: false } }, context)).toContain('**1 of 2 callers had an answer that was 5xx')
})
