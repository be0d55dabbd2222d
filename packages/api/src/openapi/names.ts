export { pascalCase } from '@sundial/contract'
