import type { Pool } from 'pg'
import type { Implementation } from './implementation.ts'

/** Reads, and changes nothing. Sums of no rows are zero; the shop has one currency. */
const SUMMARY = `
  select count(*)::int as accepted,
         count(*) filter (where s.state = 'booked')::int as shipped,
         count(*) filter (where p.state = 'declined')::int as declined,
         coalesce(sum(a.total) filter (where p.state = 'charged'), 0)::bigint as revenue
    from order_attempts a
    left join payments p using (order_id, attempt)
    left join shipments s using (order_id, attempt)
   where a.accepted_at >= $1::date::timestamp at time zone 'utc'
     and a.accepted_at < ($1::date + 1)::timestamp at time zone 'utc'`

/** What became of the orders of a day, as the database has it now. */
export function summariseDay(pool: Pool): Implementation<'summariseDay'> {
  return async ({ day }) => {
    const { rows } = await pool.query<{ accepted: number; shipped: number; declined: number; revenue: string }>(SUMMARY, [day])
    if (!rows[0]) throw new Error('an aggregate without groups has one row')
    const { accepted, shipped, declined, revenue } = rows[0]
    return { day, accepted, shipped, declined, revenue: { amount: Number(revenue), currency: 'EUR' } }
  }
}
