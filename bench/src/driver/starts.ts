import type { Client } from '@temporalio/client'
import { NOBODYS_QUEUE } from 'bench-platform/contract'
import { now } from '../clock.ts'
import { type Access, apiAccess } from './access.ts'

export interface StartsOptions {
  readonly access: Access
  /** By the SDK's client, or by the application's API. */
  readonly by: 'client' | 'api'
  /** How many requests are under way at any time, each on a connection of its own if it is HTTP. */
  readonly concurrency: number
  readonly seconds: number
}

export interface StartsResult {
  /** Of each that was answered within the time, milliseconds. */
  readonly latenciesMs: readonly number[]
  /** Of each that was not accepted, in words. */
  readonly failures: readonly string[]
}

/** A closed loop of starts. What was started nobody runs. */
export async function starts(client: Client, { access, by, concurrency, seconds }: StartsOptions): Promise<StartsResult> {
  const input = { text: 'load' }
  const begin = now()
  const end = begin + seconds * 1000
  const start = by === 'client' ? startByClient(client, input) : await startByApi(access, input)
  const latenciesMs: number[] = []
  const failures: string[] = []
  let started = 0
  const loop = async () => {
    for (let startedAt = now(); startedAt < end; startedAt = now()) {
      const workflowId = `start-${process.pid}-${Math.round(begin)}-${started++}`
      try {
        await start(workflowId)
        if (now() <= end) latenciesMs.push(now() - startedAt)
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error))
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, loop))
  return { latenciesMs, failures }
}

function startByClient(client: Client, input: object) {
  return async (workflowId: string) => void (await client.workflow.start('echo', { workflowId, taskQueue: NOBODYS_QUEUE, args: [input] }))
}

async function startByApi(access: Access, input: object) {
  const { url, token } = await apiAccess(access)
  const body = JSON.stringify(input)
  return async (workflowId: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'workflow-id': workflowId }
    const response = await fetch(`${url}/v1/workflows/echo`, { method: 'POST', headers, body })
    const text = await response.text()
    if (response.status !== 201) throw new Error(`the API answered ${response.status}: ${text}`)
  }
}
