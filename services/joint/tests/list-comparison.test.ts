import { events, wirePurpose } from '@dual-random/contracts'
import type { RedrawRef } from '@dual-random/contracts/drawing'
import { eventually } from '@dual-random/testkit'
import { policyOf } from '@dual-random/testkit/shipped'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cities, type Harness, jointHarness } from './support/harness.ts'
import { fourCityPolicy } from './support/policies.ts'

const { drawMatched } = events.drawing
const { listMatchProposed, listMatchDecided } = events.joint

const market = `${cities.jixi}-scj`
const fire = `${cities.jixi}-xfj`
const police = `${cities.jixi}-gaj`
const hegang = `${cities.hegang}-scj`

const spring = { start: '2026-03-01', end: '2026-04-30' }
const autumn = { start: '2026-09-01', end: '2026-10-31' }

/** A code of the region's own, such as a lift's; registry's id tells it from the same code elsewhere. */
const codeOf = (number: number): string => `DT-${String(number).padStart(6, '0')}`

/** A credit code, the same object in every region. */
const everywhere = '91230300MA18B7XQ8Q'

interface MatchView {
  readonly matchId: string
  readonly objectCode: string
  readonly status: string
  readonly windowsOverlap: boolean
  readonly sides: readonly { readonly unitId: string; readonly regionCode: string; readonly drawId: string; readonly answer?: unknown }[]
}

describe('list comparison', () => {
  let joint: Harness

  beforeAll(async () => {
    joint = await jointHarness()
    joint.registry.bind(cities.jixi, fourCityPolicy())
    joint.registry.bind(cities.hegang, fourCityPolicy())
    joint.registry.bind(cities.qitaihe, policyOf('samr-2024'))
  })
  afterAll(() => joint?.[Symbol.asyncDispose]())

  const draw = async (drawId: string, unitId: string, codes: readonly string[], window = spring, year = 2026) => {
    const planId = `plan-${drawId}`
    joint.planning.publish(planId, 'L01', {
      planType: 'INTERNAL',
      taskName: `${drawId}检查`,
      initiatorUnitId: unitId,
      units: [{ unitId, itemCodes: ['Y1'] }],
      year,
      window,
    })
    joint.draws.drew(
      drawId,
      codes.map((code) => ({ code, name: `企业${code}`, objectId: `${unitId.slice(0, 6)}-${code}` })),
    )
    const seq = await joint.bus.publish(drawMatched, drawId, {
      drawId,
      regionCode: unitId.slice(0, 6),
      unitId,
      planId,
      lineId: 'L01',
      batch: 1,
      drawn: codes.length,
      shortOfTeam: 0,
      transcriptDigest: 'd',
    })
    await joint.applied(drawMatched.topic, drawId, seq)
  }

  const listOf = async (unitId: string, query = '') => {
    const reader = await joint.as(unitId, 'DISPATCHER')
    return (await reader.get<{ readonly items: readonly MatchView[]; readonly next?: string }>(`/v1/list-matches?limit=500${query}`)).body
  }
  const matchOf = async (unitId: string, code: string) => (await listOf(unitId)).items.find(({ objectCode }) => objectCode === code)
  const answer = async (unitId: string, matchId: string, how: string, body: object = {}) =>
    (await joint.as(unitId, 'JOINT_COORDINATOR')).post<MatchView>(`/v1/list-matches/${matchId}/${how}`, body)
  const told = (matchId: string) => joint.bus.heard.filter((event) => event.aggregateId === matchId).map(({ type }) => type)

  it('DRW-19 F 7 reports to both departments the object that both drew, in windows that do not overlap, and no other object', async () => {
    await draw('one', market, [codeOf(1), codeOf(2)])
    await draw('two', fire, [codeOf(2), codeOf(3)], autumn)
    const seen = await matchOf(market, codeOf(2))
    expect(seen).toMatchObject({
      objectCode: codeOf(2),
      objectName: `企业${codeOf(2)}`,
      windowsOverlap: false,
      status: 'PROPOSED',
      sides: [
        { drawId: 'one', unitId: market, regionCode: cities.jixi, taskName: 'one检查', window: spring },
        { drawId: 'two', unitId: fire, regionCode: cities.jixi, taskName: 'two检查', window: autumn },
      ],
    })
    expect(await listOf(fire)).toEqual(await listOf(market))
    expect((await listOf(market)).items).toHaveLength(1)
  })

  it('DRW-34 shows a match to nobody else, and tells of it without the object and its labels', async () => {
    const matchId = (await matchOf(market, codeOf(2)))?.matchId ?? ''
    for (const unitId of [police, hegang, '230000-scj']) {
      expect((await listOf(unitId)).items).toEqual([])
      const coordinator = await joint.as(unitId, 'JOINT_COORDINATOR')
      expect(await coordinator.get(`/v1/list-matches/${matchId}`)).toMatchObject({ status: 404 })
      expect(await answer(unitId, matchId, 'accept')).toMatchObject({ status: 404 })
    }
    for (const role of ['INSPECTOR', 'PLANNER', 'PUBLISHER', 'EVALUATOR', 'AUDITOR']) {
      expect(await (await joint.as(market, role)).get('/v1/list-matches')).toMatchObject({ status: 403 })
    }
    await eventually(() => expect(told(matchId)).toEqual([listMatchProposed.type]))
    const payload = JSON.stringify(joint.bus.heard.find(({ aggregateId }) => aggregateId === matchId)?.payload)
    expect(payload).toContain(fire)
    for (const secret of [codeOf(2), '企业', 'label-']) expect(payload).not.toContain(secret)
  })

  it('JNT-15 is accepted once both departments have accepted', async () => {
    const matchId = (await matchOf(market, codeOf(2)))?.matchId ?? ''
    expect(await answer(market, matchId, 'merge')).toMatchObject({ status: 409, body: { code: 'list-match-windows-apart' } })
    expect(await answer(market, matchId, 'accept')).toMatchObject({ status: 200, body: { status: 'PROPOSED' } })
    expect(await answer(market, matchId, 'decline', { reason: '改变主意' })).toMatchObject({
      status: 409,
      body: { code: 'list-match-answered' },
    })
    expect(await answer(fire, matchId, 'accept')).toMatchObject({ status: 200, body: { status: 'ACCEPTED' } })
    await eventually(() => expect(told(matchId)).toEqual([listMatchProposed.type, listMatchDecided.type]))
    expect(await answer(fire, matchId, 'accept')).toMatchObject({ status: 200, body: { status: 'ACCEPTED' } })
    expect(await matchOf(market, codeOf(2))).toMatchObject({ status: 'ACCEPTED' })
  })

  it('JNT-15 is declined by one with its reason, which both read, or merged by both', async () => {
    await draw('three', market, [codeOf(10), codeOf(11)])
    await draw('four', police, [codeOf(10), codeOf(11)])
    const [declined, merged] = [(await matchOf(market, codeOf(10)))?.matchId ?? '', (await matchOf(market, codeOf(11)))?.matchId ?? '']
    expect(await answer(police, declined, 'decline', {})).toMatchObject({ status: 400 })
    expect(await answer(police, declined, 'decline', { reason: '四月已检查' })).toMatchObject({ status: 200, body: { status: 'DECLINED' } })
    const read = await matchOf(market, codeOf(10))
    expect(read?.sides.map(({ unitId, answer: given }) => [unitId, given])).toEqual(
      expect.arrayContaining([[police, expect.objectContaining({ kind: 'DECLINE', reason: '四月已检查' })]]),
    )
    expect(await answer(market, declined, 'accept')).toMatchObject({ status: 409, body: { code: 'list-match-decided' } })

    await answer(market, merged, 'merge')
    expect(await answer(police, merged, 'merge')).toMatchObject({ status: 200, body: { status: 'MERGED' } })
    await eventually(() => expect(told(merged)).toEqual([listMatchProposed.type, listMatchDecided.type]))
    const decisions = joint.bus.heard.filter(({ type }) => type === listMatchDecided.type).map(({ payload }) => payload)
    expect(decisions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ matchId: declined, outcome: 'DECLINED', reason: '四月已检查' }),
        expect.objectContaining({ matchId: merged, outcome: 'MERGED' }),
      ]),
    )
  })

  it('DRW-26 finds an object in the lists of two cities, with the region of each, by its credit code alone', async () => {
    await draw('five', market, [everywhere, codeOf(20)])
    await draw('six', hegang, [everywhere, codeOf(20)])
    const seen = (await listOf(hegang)).items
    expect(seen.map(({ objectCode }) => objectCode)).toEqual([everywhere])
    expect(seen[0]?.sides.map(({ unitId, regionCode }) => [unitId, regionCode])).toEqual([
      [market, cities.jixi],
      [hegang, cities.hegang],
    ])
    expect((await listOf(market)).items).toContainEqual(seen[0])
  })

  it('DRW-26 DRW-19 compares what several cities draw together city by city, for the unit that initiates there', async () => {
    const [ours, theirs] = [`${cities.jixi}-sfj`, `${cities.hegang}-sfj`]
    const planId = 'plan-together'
    joint.planning.publish(planId, 'L01', {
      planType: 'INTERNAL',
      taskName: '联合检查',
      initiatorUnitId: ours,
      units: [ours, theirs].map((unitId) => ({ unitId, itemCodes: ['Y1'] })),
      cities: [{ regionCode: cities.hegang, initiatorUnitId: theirs, unitIds: [theirs] }],
    })
    const drawn = (regionCode: string, number: number) => {
      const code = codeOf(number)
      return { code, name: `企业${code}`, objectId: `${regionCode}-${code}` }
    }
    const matched = async (drawId: string, rest: { regionCode: string; unitId: string; drawn: number; redraw?: RedrawRef }) => {
      const same = { planId, lineId: 'L01', batch: 1, shortOfTeam: 0, transcriptDigest: 'd' }
      const seq = await joint.bus.publish(drawMatched, drawId, { drawId, ...same, ...rest })
      await joint.applied(drawMatched.topic, drawId, seq)
    }
    joint.draws.drew('together', [
      { ...drawn(cities.jixi, 301), regionCode: cities.jixi },
      { ...drawn(cities.hegang, 302), regionCode: cities.hegang },
    ])
    await matched('together', { regionCode: cities.jixi, unitId: ours, drawn: 2 })
    // A redraw's labels name no city: it is of one.
    joint.draws.drew('again', [drawn(cities.hegang, 303)])
    const redraw = { parentDrawId: 'together', number: 1, purpose: wirePurpose('replacement') }
    await matched('again', { regionCode: cities.hegang, unitId: theirs, drawn: 1, redraw })
    await draw('in-jixi', `${cities.jixi}-nyj`, [codeOf(301)])
    await draw('in-hegang', `${cities.hegang}-nyj`, [codeOf(302), codeOf(303)])
    const sidesOf = async (unitId: string) =>
      (await listOf(unitId)).items
        .map(({ objectCode, sides }) => [objectCode, sides.map((side) => [side.drawId, side.unitId, side.regionCode])] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1))
    const jixiSides = [
      ['in-jixi', `${cities.jixi}-nyj`, cities.jixi],
      ['together', ours, cities.jixi],
    ]
    const inHegang = ['in-hegang', `${cities.hegang}-nyj`, cities.hegang]
    expect(await sidesOf(ours)).toEqual([[codeOf(301), jixiSides]])
    expect(await sidesOf(theirs)).toEqual([
      [codeOf(302), [inHegang, ['together', theirs, cities.hegang]]],
      [codeOf(303), [['again', theirs, cities.hegang], inHegang]],
    ])
  })

  it('DRW-19 compares only where policy says so, opening no label of other draws, and no two years', async () => {
    const before = joint.draws.opened()
    await draw('seven', `${cities.qitaihe}-scj`, [codeOf(1), everywhere])
    expect(joint.draws.opened()).toBe(before)
    expect((await listOf(`${cities.qitaihe}-scj`)).items).toEqual([])
    await draw('eight', `${cities.jixi}-yjj`, [codeOf(1)], { start: '2027-03-01', end: '2027-04-30' }, 2027)
    expect((await listOf(`${cities.jixi}-yjj`)).items).toEqual([])
  })

  it('INT-15 proposes once where every event comes again, and where two lists come at once', async () => {
    const codes = Array.from({ length: 5 }, (_, index) => codeOf(100 + index))
    await Promise.all([draw('nine', `${cities.jixi}-jyj`, codes), draw('ten', `${cities.jixi}-wjw`, codes)])
    const before = (await listOf(`${cities.jixi}-jyj`)).items
    expect(before).toHaveLength(5)
    await joint.bus.repeat()
    await draw('eleven', `${cities.jixi}-slj`, [codeOf(200)])
    expect((await listOf(`${cities.jixi}-jyj`)).items).toEqual(before)
    for (const { matchId } of before) expect(told(matchId)).toEqual([listMatchProposed.type])
  })

  it('JNT-15 is listed page by page, and by its status', async () => {
    const unitId = `${cities.jixi}-jyj`
    const all = (await listOf(unitId)).items
    const reader = await joint.as(unitId, 'DISPATCHER')
    const first = (await reader.get<{ readonly items: readonly MatchView[]; readonly next?: string }>('/v1/list-matches?limit=2')).body
    expect(first).toEqual({ items: all.slice(0, 2), next: all[1]?.matchId })
    const rest = (await reader.get<{ readonly items: readonly MatchView[] }>(`/v1/list-matches?limit=3&after=${first.next}`)).body
    expect(rest).toEqual({ items: all.slice(2) })
    await answer(unitId, all[0]?.matchId ?? '', 'decline', { reason: '不便' })
    expect((await listOf(unitId, '&status=DECLINED')).items.map(({ matchId }) => matchId)).toEqual([all[0]?.matchId])
    expect((await listOf(unitId, '&status=PROPOSED')).items).toHaveLength(4)
  })
})
