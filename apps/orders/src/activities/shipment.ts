import type { Pool } from 'pg'
import { transaction } from '../database/transaction.ts'
import type { Implementation } from './implementation.ts'
import { superseded } from './superseded.ts'

export function createShipment(pool: Pool): Implementation<'createShipment'> {
  return ({ claim, address }, context) =>
    transaction(pool, async (client) => {
      const served = await client.query('select from delivery_countries where country = $1', [address.country])
      if (served.rowCount !== 1) throw context.error('AddressNotServed', { country: address.country }, `the carrier does not deliver to ${address.country}`)
      await client.query(
        `insert into shipments (order_id, attempt, state, tracking_number, address)
         values ($1, $2, 'booked', 'SD' || lpad(nextval('tracking_numbers')::text, 10, '0'), $3) on conflict do nothing`,
        [claim.orderId, claim.attempt, JSON.stringify(address)],
      )
      const { rows } = await client.query<{ state: string; tracking_number: string | null }>(
        'select state, tracking_number from shipments where order_id = $1 and attempt = $2',
        [claim.orderId, claim.attempt],
      )
      const shipment = rows[0]
      if (shipment?.state !== 'booked' || shipment.tracking_number === null) throw superseded('the shipment', claim)
      return { trackingNumber: shipment.tracking_number }
    })
}

export function cancelShipment(pool: Pool): Implementation<'cancelShipment'> {
  return ({ claim }) =>
    transaction(pool, async (client) => {
      const id = [claim.orderId, claim.attempt]
      const inserted = await client.query("insert into shipments (order_id, attempt, state) values ($1, $2, 'cancelled') on conflict do nothing", id)
      if (inserted.rowCount === 1) return { cancelled: false }
      const { rowCount } = await client.query(
        "update shipments set state = 'cancelled', changed_at = now() where order_id = $1 and attempt = $2 and state = 'booked'",
        id,
      )
      return { cancelled: rowCount === 1 }
    })
}
