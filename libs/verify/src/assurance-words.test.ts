import { assuranceOf, type NamedBeacon, type Tip } from '@dual-random/draw'
import { describe, expect, it } from 'vitest'
import { assuranceWords } from './assurance-words.ts'

const organiserUnitId = '230300-scj'
/** Of the words only how far they go matters, not what else a beacon says of itself. */
const beacons = (...kinds: readonly NamedBeacon['kind'][]) => kinds.map((kind) => ({ kind })) as unknown as readonly NamedBeacon[]
const tip = (unitId: string): Tip => ({ unitId, tip: 'a'.repeat(64) })
const said = (of: readonly NamedBeacon[], tips: readonly Tip[] = []) =>
  assuranceWords({ assurance: assuranceOf({ beacons: of, tips, organiserUnitId }), tips, organiserUnitId })

describe('the assurance of a draw in words', () => {
  it('DRW-32 promises nobody’s foresight for a public beacon alone; of three regions it says that all together can', () => {
    for (const of of [beacons('drand'), beacons('public-numbers'), beacons('region', 'region', 'drand')])
      expect(said(of).zh).toBe('公开：随机数来自公共信标，参与抽取的任何单位都不能预知或左右')
    expect(said(beacons('region', 'region', 'region')).zh).toContain('至少三个其他地区')
  })

  it('DRW-32 speaks of secrets only where a unit outside the organiser gave one', () => {
    expect(said(beacons('region', 'region'), [tip('230000-scj')]).zh).toContain('揭示的秘密')
    expect(said(beacons('region', 'region'), [tip(organiserUnitId)]).zh).not.toContain('秘密')
    expect(said(beacons('drand'), [tip('230000-scj')]).en).toContain('secrets of units')
  })

  it('DRW-32 says of a beacon of the organiser’s own that it is a demonstration', () => {
    expect(said(beacons('self', 'drand'), [tip('230000-scj')]).en).toContain('demonstrations only')
  })
})
