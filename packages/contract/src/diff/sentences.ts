import type { Narrowing } from './narrowing.ts'

/** The sentence for a value that somebody may have sent, and that is now refused: "quantity must be given". */
export function refusal(narrowing: Narrowing): string {
  switch (narrowing.kind) {
    case 'required':
      return 'must be given now'
    case 'unknown-property':
      return 'is not known any more'
    case 'nothing-allowed':
      return 'may not be given any more'
    case 'closed':
      return 'refuses properties that it does not name now'
    case 'type':
      return `may no longer be ${list(narrowing.types)}`
    case 'value':
      return `may no longer be ${list(narrowing.values.map(text))}`
    case 'only-values':
      return `must be ${list(narrowing.values.map(text))} now`
    case 'form':
      return `may no longer have the form ${narrowing.form}`
    case 'limit':
      return `has the limit ${narrowing.keyword} ${text(narrowing.to)}${narrowing.from === undefined ? '' : ` instead of ${text(narrowing.from)}`}`
    case 'rule':
      return `follows another rule (${narrowing.keyword})`
  }
}

/** The sentence for a value that somebody may now get, and did not before: "approvedBy may be absent". It is the narrowing from the new schema to the old. */
export function surprise(narrowing: Narrowing): string {
  switch (narrowing.kind) {
    case 'required':
      return 'may be absent now'
    case 'unknown-property':
      return 'is new'
    case 'nothing-allowed':
      return 'may be given now'
    case 'closed':
      return 'may have properties that it does not name'
    case 'type':
      return `may be ${list(narrowing.types)} now`
    case 'value':
      return `may be ${list(narrowing.values.map(text))} now`
    case 'only-values':
      return `may be something else than ${list(narrowing.values.map(text))} now`
    case 'form':
      return `may have the form ${narrowing.form} now`
    case 'limit':
      return `is no longer within ${narrowing.keyword} ${text(narrowing.to)}`
    case 'rule':
      return `follows another rule (${narrowing.keyword})`
  }
}

function text(value: unknown): string {
  return JSON.stringify(value)
}

function list(words: readonly string[]): string {
  return words.length <= 1 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
