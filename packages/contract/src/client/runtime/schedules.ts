import type { CallOptions, ScheduleDescription } from './public.ts'
import { type Caller, send } from './send.ts'

/** The schedules of the contract. */
export function scheduleList(caller: Caller) {
  return {
    async listSchedules({ signal }: CallOptions = {}): Promise<readonly ScheduleDescription[]> {
      const { body } = await send(caller, { method: 'GET', path: '/v1/schedules', repeatable: true, signal })
      return (body as { readonly items: readonly ScheduleDescription[] }).items
    },
  }
}

export function scheduleHandle(caller: Caller, name: string) {
  const path = `/v1/schedules/${encodeURIComponent(name)}`
  const change =
    (verb: string, repeatable: boolean) =>
    async (reason?: string, { signal }: CallOptions = {}) => {
      await send(caller, { method: 'POST', path: `${path}/${verb}`, ...(reason !== undefined && { body: { reason } }), repeatable, signal })
    }
  return {
    async describe({ signal }: CallOptions = {}): Promise<ScheduleDescription> {
      return (await send(caller, { method: 'GET', path, repeatable: true, signal })).body as ScheduleDescription
    },
    pause: change('pause', true),
    resume: change('resume', true),
    // Each one that arrives starts a workflow.
    trigger: change('trigger', false),
  }
}
