// A program that serves the test contract, for tests that need a process: signals, exit codes, logs.
import { runApi } from '../run-api.ts'
import { orders } from './contract.ts'

await runApi({ contract: orders, title: 'Orders', version: '1.2.3' })
