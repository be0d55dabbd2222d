import { test } from 'vitest'
import { contractChangesView } from './contract-changes.ts'
import { expectSheet } from './sheet.fixture.ts'

const contract = 'orders'

test('who is broken comes first', async () => {
  await expectSheet('contract-changes', (terminal) =>
    contractChangesView(
      [
        { contract, path: 'workflows.refund', breaks: [], message: 'is new' },
        {
          contract,
          path: 'workflows.order.input.gift',
          breaks: ['running-workflows', 'api-clients'],
          message: 'must be given now: requests that were accepted are refused',
        },
        { contract, path: 'taskQueue', breaks: ['running-workflows'], message: 'is two instead of one: workflows that run wait on the old one' },
        { contract, path: 'workflows.order.queries.status', breaks: ['api-clients'], message: 'is gone: nobody can ask it' },
        {
          contract: 'billing',
          path: '',
          breaks: ['running-workflows', 'api-clients'],
          message: 'the contract is gone: nothing runs its workflows, and nobody can call them',
        },
      ],
      terminal,
    ),
  )
})

test('what breaks nobody is no problem', async () => {
  await expectSheet('contract-changes-none', (terminal) =>
    contractChangesView([{ contract, path: 'workflows.refund', breaks: [], message: 'is new' }], terminal),
  )
})
