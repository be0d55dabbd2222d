import { expect, test } from 'vitest'
import { readContract } from './contract-reference.ts'
import { exportedContract, temporaryProject } from './project.fixture.ts'

const MODULES = {
  'two.js': `${exportedContract('shop')}${exportedContract('other')}export const number = 1\n`,
  'none.js': 'export const shop = {}\n',
  'throws.js': 'throw new Error("no database")\n',
}

test.each(['./contract.js', './contract.js#shop', './two.js#other'])('finds the contract of %s', async (reference) => {
  expect(await readContract(reference, await temporaryProject(MODULES))).toMatchObject({ contract: { taskQueue: 'shop' } })
})

test.each([
  ['contract.js', 'must be the path of a built module from the configuration’s folder; found "contract.js"', /^such as/],
  ['./contract.ts', 'must be the path of a built module from the configuration’s folder; found "./contract.ts"', /^such as/],
  ['./absent.js', './absent.js is not there', /^build it/],
  ['./two.js', './two.js exports 2 contracts: other, shop', /^say which: .\/two.js#other$/],
  ['./two.js#number', './two.js exports no contract "number"; its contracts: other, shop', /^name an export/],
  ['./none.js#shop', './none.js exports no contract "shop"; it has no contract', /^name an export/],
  ['./none.js', './none.js exports no contract', /^export the value of defineContract/],
  ['./throws.js', './throws.js could not be loaded: no database', /^correct the module/],
])('says why %s is no contract', async (reference, message, hint) => {
  expect(await readContract(reference, await temporaryProject(MODULES))).toEqual({ message, hint: expect.stringMatching(hint) })
})
