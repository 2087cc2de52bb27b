import type { SignedTranscript } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseMatchInput } from '../src/domain/match-files.ts'
import type { PublishedLine } from '../src/domain/plan-line.ts'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { done, drawLine, finishDraw, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

const half = { quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const
const lines = ['L01', 'L02', 'L03', 'L04', 'L05'].map((lineId) => lineOf(lineId, half)) as [
  PublishedLine,
  PublishedLine,
  PublishedLine,
  PublishedLine,
  PublishedLine,
]
const [first, second, third, fourth] = lines
const nextYear = lineOf('L06', {
  ...half,
  year: 2027,
  batches: lines[0].batches.map((batch) => ({
    ...batch,
    freezeAt: '2027-01-01T01:00:00.000Z' as Instant,
    commitAt: '2027-01-01T01:10:00.000Z' as Instant,
  })),
})

describe('several draws of a region in one year', () => {
  let harness: Harness
  let organiser: Organiser
  const drawIds: string[] = []
  const codesOf = async (drawId: string): Promise<readonly string[]> => {
    const response = await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/draws/${drawId}/transcript`)
    const { transcript } = (await response.json()) as SignedTranscript
    return transcript.batches.flat().map((label) => harness.registry.objectOf(drawId, label)?.code ?? '')
  }
  const loadsOf = async (drawId: string): Promise<readonly number[]> => {
    const text = await harness.text(`/v1/draws/${drawId}/match-inputs/${bureau}`, ['AUDITOR'], '230000-scj', '230000')
    return parseMatchInput(text).inspectors.map(({ load }) => load)
  }

  beforeAll(async () => {
    harness = await startDrawing()
    organiser = organiserOf(harness)
    harness.planning.publish(...lines, nextYear)
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness.dispose())

  it('CRD-09 refuses a freeze while a draw of the region is committed and not drawn', async () => {
    const { drawId } = done(await organiser.freeze(first))
    done(await organiser.freeze(third))
    drawIds.push(drawId)
    const { commitment } = done(await organiser.commit(drawId))
    expect(refusal(await organiser.freeze(second))).toEqual([409, 'earlier-draw-pending'])
    harness.moveTo(commitment?.roundAt ?? '')
    done(await organiser.run(drawId))
    expect(done(await organiser.freeze(second)).status).toBe('FROZEN')
  })

  it('CRD-09 DRW-20 names the labels drawn before, so that registry excludes whom the bar keeps out', async () => {
    const drawId = done(await organiser.freeze(second)).drawId
    drawIds.push(drawId)
    const matched = await finishDraw(harness, organiser, drawId)
    const { earlierDraws = [], joint, repeatGround } = harness.registry.freezes.at(-1) ?? {}
    expect(earlierDraws).toMatchObject([{ drawId: drawIds[0] }])
    expect([joint, repeatGround, earlierDraws[0]?.joint]).toEqual([undefined, undefined, undefined])
    expect(matched.strata).toMatchObject([{ stratum: 'A', mapped: 10, eligible: 5, drawn: 5 }])
    const [before, now] = await Promise.all(drawIds.map(codesOf))
    expect(before).toHaveLength(5)
    expect(now).toHaveLength(5)
    expect(now?.filter((code) => before?.includes(code))).toEqual([])
  })

  it('CRD-08 tells with each draw how many distinct enterprises the region drew in the year so far', async () => {
    const told = () =>
      drawIds.map((drawId) => {
        const matched = harness.events.find(
          (event) => event.aggregateId === drawId && event.type === 'cn.dualrandom.drawing.draw.matched.v1',
        )
        return (matched?.payload as { yearEnterprises?: number } | undefined)?.yearEnterprises
      })
    await eventually(() => expect(told()).toEqual([5, 10]))
  })

  it('starts from the loads that the draws before it assigned', async () => {
    expect(await loadsOf(drawIds[0] ?? '')).toEqual([0, 0, 0])
    const loads = await loadsOf(drawIds[1] ?? '')
    expect(loads.reduce((sum, load) => sum + load, 0)).toBe(10)
  })

  it('CRD-09 refuses the commitment of a freeze that did not know a draw made since, until it is frozen anew', async () => {
    const { drawId } = done(await organiser.freeze(third))
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'freeze-outdated'])
    expect(refusal(await organiser.freeze(third, { attempt: 2 }))).toEqual([409, 'attempt-gap'])
    expect(done(await organiser.cancel(drawId, { reason: '重新冻结' }))).toMatchObject({ status: 'VOID', voided: { reason: '重新冻结' } })
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'draw-void'])
    const again = done(await organiser.freeze(third, { attempt: 2 }))
    expect(again).toMatchObject({ status: 'FROZEN', attempt: 2 })
    expect(again.drawId).not.toBe(drawId)
    expect(harness.registry.freezes.at(-1)?.earlierDraws.map((draw) => draw.drawId)).toEqual(drawIds.toSorted())
    expect(done(await organiser.freeze(third))).toMatchObject({ drawId, status: 'VOID' })
  })

  it('CRD-07 lets a key item’s draw on a recorded reason be committed whatever was drawn since its freeze', async () => {
    const key = lineOf('L07', { ...half, itemClass: 'KEY', repeatGround: { reason: '必要时复查' } })
    harness.planning.publish(key)
    const { drawId } = done(await organiser.freeze(key))
    await drawLine(harness, organiser, fourth)
    expect((await finishDraw(harness, organiser, drawId)).status).toBe('MATCHED')
    // CRD-08: all ten are drawn, so what the key item draws again adds no enterprise.
    const counts = () => harness.events.flatMap(({ payload }) => (payload as { yearEnterprises?: number }).yearEnterprises ?? [])
    await eventually(() => expect(counts()).toEqual([5, 10, 10, 10]))
  })

  it('CRD-07 CRD-09 DRW-20 tells registry of a joint check, of the ground, and by what numbers the tasks before go', async () => {
    const repeatGround = { reason: '必要时复查', citation: { kind: 'LAW', text: '《食品安全法》第一百零九条' } } as const
    const joint = lineOf('L08', { ...half, planType: 'JOINT', repeatGround })
    harness.planning.publish(joint)
    await drawLine(harness, organiser, joint)
    expect(harness.registry.freezes.at(-1)).toMatchObject({ joint: true, repeatGround })
    const after = lineOf('L09', half)
    harness.planning.publish(after)
    done(await organiser.freeze(after))
    const { earlierDraws = [] } = harness.registry.freezes.at(-1) ?? {}
    const { drawId } = done(await organiser.freeze(joint))
    const known = earlierDraws.find((draw) => draw.drawId === drawId)
    expect(known).toMatchObject({
      joint: true,
      tasks: { year: 2026, planType: 'PLAN_TYPE_JOINT', planUnitId: bureau, lineId: 'L08', batch: 1, units: [{ position: 1 }] },
    })
    expect(known?.tasks?.positions).toEqual(known?.labels.map((_, index) => index + 1))
    expect(earlierDraws.find((draw) => draw.drawId === drawIds[0])?.joint).toBeUndefined()
  })

  it('CRD-09 Appendix F 5 counts no draw of another year', async () => {
    harness.moveTo('2027-01-01T01:10:00.000Z')
    const frozen = done(await organiser.freeze(nextYear))
    expect(harness.registry.freezes.at(-1)?.earlierDraws).toEqual([])
    expect(frozen.strata).toMatchObject([{ mapped: 10, eligible: 10 }])
  })

  it('lists the draws of a region and year, oldest snapshot first, page by page', async () => {
    const reader = await harness.as(['AUDITOR'], '230000-scj', '230000')
    const seen: string[] = []
    let after = ''
    do {
      const { body } = await reader.get<{ items: { drawId: string; year: number }[]; next?: string }>(
        `/v1/draws?regionCode=230300&year=2026&limit=2${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
      )
      seen.push(...body.items.map(({ drawId }) => drawId))
      after = body.next ?? ''
    } while (after !== '')
    expect(seen).toHaveLength(8)
    expect(new Set(seen).size).toBe(8)
    const elsewhere = await (await harness.as(['AUDITOR'], '230400-scj', '230400')).get<{ code: string }>('/v1/draws?regionCode=230300')
    expect([elsewhere.status, elsewhere.body.code]).toEqual([403, 'region-not-allowed'])
  })
})
