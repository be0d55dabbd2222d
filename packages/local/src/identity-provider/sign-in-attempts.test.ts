import { expect, test } from 'vitest'
import { SignInAttempts } from './sign-in-attempts.ts'

function attempts(): { book: SignInAttempts; pass(seconds: number): void } {
  let now = 0
  return { book: new SignInAttempts(() => now), pass: (seconds) => (now += seconds * 1000) }
}

test('five failures make a name wait, and one more after the wait does so again', () => {
  const { book, pass } = attempts()
  for (let count = 0; count < 4; count++) book.failed('ada')
  expect(book.waitSeconds('ada')).toBe(0)
  book.failed('ada')
  expect(book.waitSeconds('ada')).toBe(30)
  expect(book.waitSeconds('grace')).toBe(0)
  pass(29)
  expect(book.waitSeconds('ada')).toBe(1)
  pass(1)
  expect(book.waitSeconds('ada')).toBe(0)
  book.failed('ada')
  expect(book.waitSeconds('ada')).toBe(30)
})

test('a success forgets the failures', () => {
  const { book } = attempts()
  for (let count = 0; count < 4; count++) book.failed('ada')
  book.succeeded('ada')
  book.failed('ada')
  expect(book.waitSeconds('ada')).toBe(0)
})

test('guessing many names does not fill the memory', () => {
  const { book } = attempts()
  for (let count = 0; count < 5; count++) book.failed('first')
  for (let count = 0; count < 1000; count++) book.failed(`name ${count}`)
  expect(book.waitSeconds('first')).toBe(0)
})
