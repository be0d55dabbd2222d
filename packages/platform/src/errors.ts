/** For small programs, such as jobs: the rest of the package takes a tenth of a second to load. */
export { SundialError } from './model/errors.ts'
