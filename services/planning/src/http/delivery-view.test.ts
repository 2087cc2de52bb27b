import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act } from '../../tests/support/lines.ts'
import { deliveriesView, publicDeliveriesView } from './delivery-view.ts'

const at = '2026-03-02T08:00:00.000Z' as Instant
const publication = {
  ...act,
  channels: ['publicitySystem', 'departmentWebsite', 'enforcementPlatform'],
  digest: 'd',
  deliveries: [
    { channel: 'enforcementPlatform', undeliveredSince: at, failure: 'no-channel' },
    { channel: 'publicitySystem', deliveredAt: at, reference: 'gsxt-1' },
  ],
}

describe('the channels of a published version', () => {
  it('PLN-08 are shown in the order of policy, each with its proof, or why there is none', () => {
    expect(deliveriesView(publication)).toEqual([
      { channel: 'publicitySystem', status: 'DELIVERED', deliveredAt: at, reference: 'gsxt-1' },
      { channel: 'departmentWebsite', status: 'PENDING' },
      { channel: 'enforcementPlatform', status: 'UNDELIVERED', undeliveredSince: at, failure: 'no-channel' },
    ])
  })

  it('PLN-08 tell the public what is there, and not why something is not', () => {
    expect(publicDeliveriesView(publication)).toEqual([
      { channel: 'publicitySystem', status: 'DELIVERED', deliveredAt: at, reference: 'gsxt-1' },
      { channel: 'departmentWebsite', status: 'PENDING' },
      { channel: 'enforcementPlatform', status: 'PENDING' },
    ])
  })
})
