import type { RegionCode } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublishedLine } from '../src/domain/plan-line.ts'
import { fourCities, policyWith } from './policy.ts'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { done, drawLine, finishDraw, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

const county = '230302' as RegionCode
const neighbour = '230400' as RegionCode
const half = { quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const

describe('the bar on repeats across levels', () => {
  let harness: Harness
  let organiser: Organiser
  let cityDrawId = ''

  const publish = (lineId: string, change: Partial<PublishedLine> = {}): PublishedLine => {
    const line = lineOf(lineId, { ...half, ...change })
    harness.planning.publish(line)
    return line
  }
  const earlier = () => harness.registry.freezes.at(-1)?.earlierDraws.map(({ drawId }) => drawId) ?? []

  beforeAll(async () => {
    harness = await startDrawing({ otherRegions: [county, neighbour] })
    organiser = organiserOf(harness)
    harness.registry.objects = Array.from({ length: 40 }, (_, index) => ({
      code: `A${index}`,
      grade: 'A',
      ...(index < 20 ? { regionCode: county } : {}),
    }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness.dispose())

  it('CRD-09 refuses a city’s freeze while a draw of its county is committed and not drawn', async () => {
    const below = publish('L01', { regionCode: county })
    const { drawId } = done(await organiser.freeze(below))
    const { commitment } = done(await organiser.commit(drawId))
    const above = publish('L02')
    expect(refusal(await organiser.freeze(above))).toEqual([409, 'earlier-draw-pending'])
    harness.moveTo(commitment?.roundAt ?? '')
    done(await organiser.run(drawId))
    const frozen = done(await organiser.freeze(above))
    expect(earlier()).toEqual([drawId])
    // The county drew half of its 20; the city may draw the rest of its 40.
    expect(frozen.strata).toMatchObject([{ stratum: 'A', mapped: 40, eligible: 30 }])
    cityDrawId = (await finishDraw(harness, organiser, frozen.drawId)).drawId
  })

  it('CRD-09 bars what the city drew from its county’s draw', async () => {
    const frozen = done(await organiser.freeze(publish('L03', { regionCode: county })))
    const told = harness.registry.freezes.at(-1)?.earlierDraws ?? []
    const drawnThere =
      told.find(({ drawId }) => drawId === cityDrawId)?.labels.map((label) => harness.registry.objectOf(cityDrawId, label)) ?? []
    const ofCounty = drawnThere.filter((object) => object?.regionCode === county).length
    expect([told.length, drawnThere.length]).toEqual([2, 20])
    // Ten of its twenty were drawn by itself before.
    expect(frozen.strata).toMatchObject([{ mapped: 20, eligible: 10 - ofCounty }])
    done(await organiser.cancel(frozen.drawId, { reason: '不再抽取' }))
  })

  it('CRD-09 refuses the commitment of a city’s freeze when its county committed or drew since, until it is frozen anew', async () => {
    const above = publish('L04')
    const { drawId } = done(await organiser.freeze(above))
    const below = done(await organiser.freeze(publish('L05', { regionCode: county })))
    const { commitment } = done(await organiser.commit(below.drawId))
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'freeze-outdated'])
    harness.moveTo(commitment?.roundAt ?? '')
    done(await organiser.run(below.drawId))
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'freeze-outdated'])
    done(await organiser.cancel(drawId, { reason: '重新冻结' }))
    const again = done(await organiser.freeze(above, { attempt: 2 }))
    expect(earlier()).toContain(below.drawId)
    expect((await finishDraw(harness, organiser, again.drawId)).status).toBe('MATCHED')
  })

  it('CRD-07 lets a key item on a recorded reason be committed whatever its county drew since', async () => {
    const key = publish('L06', { itemClass: 'KEY', repeatGround: { reason: '必要时复查' } })
    const { drawId } = done(await organiser.freeze(key))
    await drawLine(harness, organiser, publish('L07', { regionCode: county }))
    expect((await finishDraw(harness, organiser, drawId)).status).toBe('MATCHED')
  })

  it('XRG-08 a city beside is neither asked nor waited for', async () => {
    const { drawId } = done(await organiser.freeze(publish('L08')))
    done(await organiser.commit(drawId))
    const token = await harness.as(['DRAW_ORGANISER'], bureau, '230000')
    harness.registry.objects = [
      ...harness.registry.objects,
      { code: 'N0', grade: 'A', regionCode: neighbour },
      { code: 'N1', grade: 'A', regionCode: neighbour },
    ]
    const beside = publish('L09', { regionCode: neighbour })
    const frozen = await token.post<{ drawId: string }>('/v1/draws', { planId: beside.planId, lineId: beside.lineId, batch: 1 })
    expect(frozen.status).toBe(201)
    expect(earlier()).toEqual([])
    expect(refusal(await organiser.freeze(publish('L10', { regionCode: county })))).toEqual([409, 'earlier-draw-pending'])
  })

  it('CRD-09 a county’s freeze looks at no other level where policy does not span them', async () => {
    harness.registry.policy = policyWith({ 'repeat.scope': { acrossLevels: false, acrossJointChecks: true, acrossRegions: true } })
    const frozen = done(await organiser.freeze(publish('L11', { regionCode: county })))
    expect(frozen.strata[0]?.mapped).toBe(20)
    const own = earlier()
    harness.registry.policy = fourCities
    expect(own).toHaveLength(3)
  })
})
