import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CONTRACT_REFERENCE, isContract } from '@sundial/platform'
import { untilSettled } from './until-settled.ts'

/** What a reference leads to: the contract, or why there is none, and what to do. */
export type ContractReading = { readonly contract: unknown } | { readonly message: string; readonly hint: string }

/**
 * The contract that `./path/of/module.js#exportName` names. The name may be left out where the module exports one contract.
 * @param folder the configuration's
 */
export async function readContract(reference: string, folder: string): Promise<ContractReading> {
  if (!CONTRACT_REFERENCE.test(reference)) {
    return {
      message: `must be the path of a built module from the configuration’s folder; found ${JSON.stringify(reference)}`,
      hint: 'such as "./apps/orders/dist/contract.js", or with the name of its export: "./apps/orders/dist/contract.js#orders"',
    }
  }
  const [path = '', name] = reference.split('#')
  const file = join(folder, path)
  if (!existsSync(file)) return { message: `${path} is not there`, hint: 'build it (npm run build), or correct the path' }
  try {
    const module = (await untilSettled(import(pathToFileURL(file).href), file)) as Record<string, unknown>
    return choose(module, path, name)
  } catch (error) {
    return { message: `${path} could not be loaded: ${error instanceof Error ? error.message : String(error)}`, hint: 'correct the module, and build it again' }
  }
}

function choose(module: Record<string, unknown>, path: string, name: string | undefined): ContractReading {
  const names = Object.keys(module)
    .filter((key) => isContract(module[key]))
    .toSorted()
  const known = names.length > 0 ? `its contracts: ${names.join(', ')}` : 'it has no contract'
  if (name !== undefined) {
    if (isContract(module[name])) return { contract: module[name] }
    return { message: `${path} exports no contract "${name}"; ${known}`, hint: 'name an export that is the value of defineContract({ … })' }
  }
  const [only, second] = names
  if (only !== undefined && second === undefined) return { contract: module[only] }
  if (only === undefined) return { message: `${path} exports no contract`, hint: 'export the value of defineContract({ … })' }
  return { message: `${path} exports ${names.length} contracts: ${names.join(', ')}`, hint: `say which: ${path}#${only}` }
}
