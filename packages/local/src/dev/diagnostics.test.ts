import { expect, test } from 'vitest'
import { parseDiagnostics } from './diagnostics.ts'

test('reads places, codes and messages of several lines; the rest is left out', () => {
  const output = [
    "apps/a (copy)/src/x.ts(12,5): error TS2345: Argument of type '{ a: string; }' is not assignable to parameter of type 'A'.",
    "  Types of property 'a' are incompatible.",
    "    Type 'string' is not assignable to type 'number'.",
    "apps/b/src/y.ts(1,1): error TS1005: ';' expected.",
    "error TS5083: Cannot read file '/tsconfig.json'.",
    'Found 3 errors.',
    '',
  ].join('\r\n')
  expect(parseDiagnostics(output)).toEqual([
    {
      file: 'apps/a (copy)/src/x.ts',
      line: 12,
      column: 5,
      code: 'TS2345',
      message:
        "Argument of type '{ a: string; }' is not assignable to parameter of type 'A'.\n  Types of property 'a' are incompatible.\n    Type 'string' is not assignable to type 'number'.",
    },
    { file: 'apps/b/src/y.ts', line: 1, column: 1, code: 'TS1005', message: "';' expected." },
    { code: 'TS5083', message: "Cannot read file '/tsconfig.json'." },
  ])
})

test('what is no diagnostic gives none', () => {
  expect(parseDiagnostics('panic: runtime error\n\tat main.go:1\n')).toEqual([])
})
