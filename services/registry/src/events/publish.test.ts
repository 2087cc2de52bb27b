import { readFileSync } from 'node:fs'
import { events } from '@dual-random/contracts'
import type { LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { newEvent } from '@dual-random/mongo'
import { describe, expect, it } from 'vitest'
import type { RegistryEvent } from '../domain/events.ts'
import { toContract } from './publish.ts'

interface GoldenEvent {
  readonly type: string
  readonly subject: string
  readonly data: Readonly<Record<string, string>>
}

const golden = (name: string): GoldenEvent =>
  JSON.parse(
    readFileSync(new URL(`../../../../proto/dualrandom/registry/v1/examples/${name}.json`, import.meta.url), 'utf8'),
  ) as GoldenEvent

const common = ({ data }: GoldenEvent) => ({
  membershipId: data['membershipId'] ?? '',
  kind: 'SANDBOX' as const,
  objectId: data['objectId'] ?? '',
  regionCode: data['regionCode'] as RegionCode,
  unitId: data['unitId'] as UnitId,
  enteredOn: data['enteredOn'] as LocalDate,
  lastDay: data['lastDay'] as LocalDate,
})

describe('events of special regimes', () => {
  const { regimeEntered, regimeLeft } = events.registry

  it('TGT-17 tells who entered, from when and until when, as the golden event says', () => {
    const told = golden('regime-entered')
    const event: RegistryEvent = { type: 'regime-entered', ...common(told) }
    expect(told.type).toBe(regimeEntered.type)
    expect(toContract(event)).toEqual(newEvent(regimeEntered, regimeEntered.message.fromJSON(told.data)))
    expect(told.subject).toBe(told.data['objectId'])
  })

  it('TGT-17 tells who left early, and why', () => {
    const told = golden('regime-left')
    const event: RegistryEvent = { type: 'regime-left', ...common(told), reason: told.data['reason'] ?? '' }
    expect(toContract(event)).toEqual(newEvent(regimeLeft, regimeLeft.message.fromJSON(told.data)))
  })

  it('TGT-20 names no last day on the white list, which has none', () => {
    const event: RegistryEvent = { type: 'regime-entered', ...common(golden('regime-entered')), kind: 'WHITE_LIST', lastDay: undefined }
    expect(JSON.parse(toContract(event).json)).not.toHaveProperty('lastDay')
  })
})
