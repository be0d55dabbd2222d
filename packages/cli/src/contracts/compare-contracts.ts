import type { ContractManifest } from '@sundial/contract'
import { type ContractChange, contractChanges } from '@sundial/contract/diff'

/** A change of one of several contracts. */
export interface NamedChange extends ContractChange {
  readonly contract: string
}

/** What differs between two sets of contracts, by name. */
export function compareContracts(old: ReadonlyMap<string, ContractManifest>, now: ReadonlyMap<string, ContractManifest>): NamedChange[] {
  return [
    ...[...old].flatMap(([contract, before]): NamedChange[] => {
      const after = now.get(contract)
      if (after) return contractChanges(before, after).map((change) => ({ contract, ...change }))
      return [
        {
          contract,
          path: '',
          breaks: ['running-workflows', 'api-clients'],
          message: 'the contract is gone: nothing runs its workflows, and nobody can call them',
        },
      ]
    }),
    ...[...now.keys()].filter((contract) => !old.has(contract)).map((contract) => ({ contract, path: '', breaks: [], message: 'the contract is new' })),
  ]
}
