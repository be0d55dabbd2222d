import { expect, it } from 'vitest'
import { ruleReference } from './rule-reference.js'

it('has a section for each rule, below the title of its group', () => {
  const text = ruleReference([{ title: 'Ports', rules: [{ id: 'probe-port', meaning: 'Every probe has a port.', why: 'It fails.', severity: 'error' }] }])
  expect(text).toContain('## Ports\n\n### probe-port\n\nEvery probe has a port. (error)\n\nWhy: It fails.\n')
})
