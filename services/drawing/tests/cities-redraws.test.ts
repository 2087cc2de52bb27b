import { type Commitment, deriveDrawId, type MatchRecord, redrawOrderDigest, type SignedTranscript } from '@dual-random/draw'
import type { DrawId, RegionCode, UnitId } from '@dual-random/kernel'
import { type ApiAnswer, eventually } from '@dual-random/testkit'
import { parseRedrawOrder } from '@dual-random/witness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taskIdOf } from '../src/domain/outcomes.ts'
import type { LineUnit } from '../src/domain/plan-line.ts'
import type { DrawBody, PublicDrawBody } from '../src/http/schemas.ts'
import { publishedLine, sha256Hash } from './fixtures.ts'
import { verifyCityRedraw } from './support/bundle.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { outsideUnits } from './support/outside-units.ts'
import { type Answer, done, finishDraw, lineOf, type Organiser, organiserOf } from './support/steps.ts'

const other = '230400' as RegionCode
const theirs = '230400-scj' as UnitId
const [unit] = publishedLine.units as [LineUnit]
const line = lineOf('C-redraws', {
  itemClass: 'KEY',
  quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 4 } }] },
  units: [unit, { ...unit, unitId: theirs }],
  joint: { merged: false, cities: [{ regionCode: other, initiatorUnitId: theirs, unitIds: [theirs] }] },
})

interface Orders {
  readonly items: readonly { readonly order: number; readonly status: string; readonly regionCode?: string; readonly number?: number }[]
  readonly code?: string
}

describe('redraws of a draw of two cities', { timeout: 180_000 }, () => {
  let harness: Harness
  let organiser: Organiser
  let parent: DrawBody & { readonly drawId: DrawId }
  /** Of those drawn, one of each city. */
  let own = ''
  let there = ''

  const base = (): string => `http://127.0.0.1:${harness.service().httpPort}`
  const fileOf = async <T>(drawId: string, file: string): Promise<T> =>
    (await (await fetch(`${base()}/v1/public/draws/${drawId}/${file}`)).json()) as T
  const kindsOf = async (region: string, drawId: string): Promise<readonly string[]> =>
    (await (await fetch(`${base()}/v1/public/region-logs/${region}`)).text())
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { readonly kind: string; readonly drawId: string | null })
      .flatMap((entry) => (entry.drawId === drawId ? [entry.kind] : []))
  const matchesOf = async (drawId: string) =>
    (JSON.parse(await harness.text(`/v1/draws/${drawId}/match`, ['AUDITOR'])) as MatchRecord).matches
  const membersAt = async (drawId: string, label: string): Promise<readonly string[]> =>
    (await matchesOf(drawId)).find(({ object }) => object === label)?.teams[0]?.members ?? []
  const orders = async (): Promise<Orders['items']> =>
    (await (await harness.as(['DRAW_ORGANISER'])).get<Orders>(`/v1/draws/${parent.drawId}/redraws`)).body.items
  const propose = async (body: object): Promise<ApiAnswer<Orders>> =>
    (await harness.as(['DRAW_ORGANISER'])).post<Orders>(`/v1/draws/${parent.drawId}/redraws`, body)
  const approve = async (order: number, unitId: string): Promise<ApiAnswer<Orders>> =>
    (await harness.as(['FILING_REVIEWER'], unitId, unitId.slice(0, 6))).post<Orders>(
      `/v1/draws/${parent.drawId}/redraws/${order}/approve`,
      {},
    )
  const freeze = async (order: number): Promise<Answer> =>
    (await harness.as(['DRAW_ORGANISER'])).post(`/v1/draws/${parent.drawId}/redraws/${order}/freeze`, { attempt: 1 })

  /** Takes an order from its approval to its match, the superior's word in the city's log among it. */
  const redraw = async (order: number, number: number, region: RegionCode) => {
    expect((await approve(order, '230000-scj')).status).toBe(200)
    const subject = { kind: 'redraw', parentDrawId: parent.drawId } as const
    const drawId = deriveDrawId(sha256Hash, { regionCode: region, subject, batch: number, attempt: 1 })
    const text = parseRedrawOrder(await harness.text(`/v1/draws/${parent.drawId}/redraws/${order}/text`, ['FILING_REVIEWER']))
    if (!text.ok) throw new Error(text.error.pointer)
    expect(text.value).toMatchObject({ regionCode: region, number })
    const digest = redrawOrderDigest(sha256Hash, text.value)
    expect((await outsideUnits(harness, region).approve(drawId, '回避', digest)).status).toBe(201)
    harness.moveTo(new Date(Date.parse(harness.now()) + 60_000).toISOString())
    expect(done(await freeze(order)).drawId).toBe(drawId)
    return finishDraw(harness, organiser, drawId)
  }

  beforeAll(async () => {
    harness = await startDrawing({ witnessed: true, otherRegions: [other] })
    harness.registry.objects = [
      ...Array.from({ length: 9 }, (_, index) => ({ code: `A${index}`, grade: 'A' })),
      ...Array.from({ length: 6 }, (_, index) => ({ code: `B${index}`, grade: 'A', regionCode: other })),
    ]
    harness.registry.inspectors = [
      ...['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau })),
      ...['j-1', 'j-2', 'j-3'].map((id) => ({ id, unitId: theirs })),
    ]
    harness.moveTo('2026-03-02T01:10:03.000Z')
    organiser = organiserOf(harness)
    harness.planning.publish(line)
    const { drawId } = done(await organiser.freeze(line))
    parent = (await finishDraw(harness, organiser, drawId)) as typeof parent
    const { transcript } = await fileOf<SignedTranscript>(drawId, 'transcript')
    const drawn = transcript.batches.flat()
    there = drawn.find((label) => harness.registry.objectOf(drawId, label, other) !== undefined) ?? ''
    own = drawn.find((label) => harness.registry.objectOf(drawId, label, other) === undefined) ?? ''
  })
  afterAll(() => harness.dispose())

  it('DRW-30 refuses an order that is of no city or of two, or that matches one city’s unit to the other’s objects', async () => {
    const refused = async (body: object) => {
      const answer = await propose(body)
      return [answer.status, answer.body.code]
    }
    const escalation = { purpose: 'ESCALATION', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts: { A: 1 } }
    expect(await refused(escalation)).toEqual([400, 'redraw-city-unnamed'])
    expect(await refused({ ...escalation, regionCode: '230900' })).toEqual([400, 'redraw-city-unknown'])
    expect(await refused({ ...escalation, regionCode: other, counts: { [`${other}/A`]: 1 } })).toEqual([400, 'stratum-unknown'])
    const gone = (label: string) => ({ reason: 'OBJECT_GONE', label })
    expect(await refused({ purpose: 'REPLACEMENT', grounds: [gone(own), gone(there)] })).toEqual([400, 'redraw-across-cities'])
    const ground = { reason: 'RECUSAL', label: there, unitId: bureau, inspectors: ['e'.repeat(64)] }
    expect(await refused({ purpose: 'REMATCH', grounds: [ground] })).toEqual([400, 'unit-of-another-city'])
    expect(await orders()).toEqual([])
  })

  it('DRW-14 DRW-26 DRW-30 matches anew the team that a recusal in the second city leaves short, in that city’s log', async () => {
    const before = await membersAt(parent.drawId, there)
    const [leaving = '', staying = ''] = before
    const taskId = taskIdOf(parent.drawId, there, theirs)
    await harness.publishTask(parent.drawId, taskId, { recused: { label: there, inspector: leaving, unitId: theirs } })
    await eventually(async () => expect(await harness.tasksSeen([taskId])).toEqual([2]))
    const ground = { reason: 'RECUSAL', label: there, unitId: theirs, inspectors: [leaving] }
    expect(await orders()).toMatchObject([{ order: 1, status: 'PROPOSED', regionCode: other, grounds: [ground] }])
    expect((await approve(1, theirs)).body.code).toBe('not-the-superior')

    const rematch = await redraw(1, 1, other)
    expect(rematch).toMatchObject({ regionCode: other, status: 'MATCHED', redraw: { parentDrawId: parent.drawId, number: 1 } })
    expect(await kindsOf(other, rematch.drawId)).toEqual(['approval', 'snapshot', 'commitment', 'transcript', 'match'])
    expect(await kindsOf(regionCode, rematch.drawId)).toEqual([])
    const s = await fileOf<Commitment>(rematch.drawId, 'commitment')
    const of = await fileOf<Commitment>(parent.drawId, 'commitment')
    expect(s).toMatchObject({ regionCode: other, organiserUnitId: of.organiserUnitId, subjectDigest: of.subjectDigest })
    expect(s.joint).toBeUndefined()
    expect(s.strata.map(({ stratum, n }) => [stratum, n])).toEqual([['A', 1]])
    const after = await membersAt(rematch.drawId, there)
    expect(after).toContain(staying)
    expect(after).not.toContain(leaving)
    expect(after).toHaveLength(before.length)
    // The office of the city reads it as the organiser's does.
    expect((await (await harness.as(['AUDITOR'], theirs, other)).get(`/v1/draws/${rematch.drawId}`)).status).toBe(200)
    const keys = harness.witnesses.keysFiles.get(other)
    if (keys === undefined) throw new Error('no keys of the other city')
    const said = await verifyCityRedraw(base(), { drawId: rematch.drawId, parentDrawId: parent.drawId, parentRegionCode: regionCode }, keys)
    for (const [by, { exitCode, output }] of Object.entries(said))
      expect([by, exitCode, output]).toEqual([by, 0, expect.stringContaining('MATCH')])
  })

  it('DRW-26 DRW-30 counts the redraws of each city from 1, and tells whose objects they drew', async () => {
    const asked = { purpose: 'ESCALATION', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts: { A: 1 }, regionCode }
    expect((await propose(asked)).body.items.at(-1)).toMatchObject({ order: 2, status: 'PROPOSED', regionCode })
    const more = await redraw(2, 1, regionCode as RegionCode)
    expect(more).toMatchObject({ regionCode, status: 'MATCHED', redraw: { number: 1 }, transcript: { drawn: 1 } })
    expect(await kindsOf(other, more.drawId)).toEqual([])
    const told = () =>
      harness.events.find(({ aggregateId, type }) => aggregateId === more.drawId && type.includes('.draw.matched.'))?.payload
    await eventually(() => expect(told()).toMatchObject({ regionCode, drawn: 1, jointCounts: { cities: [{ regionCode, drawn: 1 }] } }))

    expect((await propose({ purpose: 'REPLACEMENT', grounds: [{ reason: 'OBJECT_GONE', label: there }] })).status).toBe(200)
    const replaced = await redraw(3, 2, other)
    const { transcript } = await fileOf<SignedTranscript>(replaced.drawId, 'transcript')
    const [came = ''] = transcript.batches.flat()
    expect(harness.registry.objectOf(parent.drawId, came, other)).toBeDefined()
    const shown = await fileOf<PublicDrawBody>(parent.drawId, '')
    expect(shown.redraws?.map((each) => [each.regionCode, each.number])).toEqual([
      [other, 1],
      [regionCode, 1],
      [other, 2],
    ])
    expect(new Set(shown.redraws?.map(({ drawId }) => drawId)).size).toBe(3)
  })
})
