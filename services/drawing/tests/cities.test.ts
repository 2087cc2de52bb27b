import type { Commitment, SignedTranscript } from '@dual-random/draw'
import { addMs, type DrawId, type Instant, type RegionCode, type UnitId } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppDeps } from '../src/app/ports.ts'
import { taskIdOf } from '../src/domain/outcomes.ts'
import type { LineUnit, PublishedLine } from '../src/domain/plan-line.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine } from './fixtures.ts'
import { verifyCities } from './support/bundle.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { outsideUnits } from './support/outside-units.ts'
import { done, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

const other = '230400' as RegionCode
const theirs = '230400-scj' as UnitId
const [unit] = publishedLine.units as [LineUnit]

const cityLine = (lineId: string, merged: boolean, change: Partial<PublishedLine> = {}): PublishedLine =>
  lineOf(lineId, {
    itemClass: 'KEY',
    quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 4 } }] },
    units: [unit, { ...unit, unitId: theirs }],
    joint: { merged, cities: [{ regionCode: other, initiatorUnitId: theirs, unitIds: [theirs] }] },
    ...change,
  })

const prepare = (harness: Harness): Organiser => {
  harness.registry.objects = [
    ...Array.from({ length: 9 }, (_, index) => ({ code: `A${index}`, grade: 'A' })),
    ...Array.from({ length: 6 }, (_, index) => ({ code: `B${index}`, grade: 'A', regionCode: other })),
  ]
  harness.registry.inspectors = [
    ...['i-1', 'i-2'].map((id) => ({ id, unitId: bureau })),
    ...['j-1', 'j-2'].map((id) => ({ id, unitId: theirs })),
  ]
  harness.moveTo('2026-03-02T01:10:00.000Z')
  return organiserOf(harness)
}

const base = (harness: Harness): string => `http://127.0.0.1:${harness.service().httpPort}`

interface Line {
  readonly kind: string
  readonly drawId: string | null
  readonly digest: string
  readonly head: string
}
const logOf = async (harness: Harness, region: string): Promise<readonly Line[]> =>
  (await (await fetch(`${base(harness)}/v1/public/region-logs/${region}`)).text())
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Line)
const kindsOf = async (harness: Harness, region: string, drawId: string): Promise<readonly string[]> =>
  (await logOf(harness, region)).filter((entry) => entry.drawId === drawId).map(({ kind }) => kind)
const fileOf = async <T>(harness: Harness, drawId: string, file: string): Promise<T> =>
  (await (await fetch(`${base(harness)}/v1/public/draws/${drawId}/${file}`)).json()) as T

describe('a draw of two cities', { timeout: 120_000 }, () => {
  let harness: Harness
  let organiser: Organiser
  const matchedDraws: DrawBody[] = []

  beforeAll(async () => {
    harness = await startDrawing({ witnessed: true, otherRegions: [other] })
    organiser = prepare(harness)
  })
  afterAll(() => harness.dispose())

  it.each([
    ['apart', false, [`${regionCode}/A`, `${other}/A`], [3, 2]],
    ['merged', true, ['A'], [4]],
  ] as const)(
    'DRW-26 DRW-31 DRW-32 lives under one S, in the log of each, before the witnesses of each: strata %s',
    async (name, merged, strata, counts) => {
      const line = cityLine(`C-${name}`, merged)
      harness.planning.publish(line)
      const frozen = done(await organiser.freeze(line))
      const { drawId } = frozen
      expect(frozen.strata.map(({ stratum }) => stratum)).toEqual(strata)
      expect(frozen.joint).toMatchObject({
        merged,
        cities: [
          { regionCode, initiatorUnitId: bureau },
          { regionCode: other, initiatorUnitId: theirs },
        ],
      })
      const { commitment } = done(await organiser.commit(drawId))
      const s = await fileOf<Commitment>(harness, drawId, 'commitment')
      expect(s).toMatchObject({
        regionCode,
        joint: { merged, parts: [{ snapshot: { regionCode: other, drawId }, witnesses: { count: 4, quorum: 3 } }] },
      })
      expect(s.strata.map(({ n }) => n)).toEqual(counts)
      harness.moveTo(commitment?.roundAt ?? '')
      const matched = done(await organiser.run(drawId))
      expect(matched.status).toBe('MATCHED')
      const { transcript } = await fileOf<SignedTranscript>(harness, drawId, 'transcript')
      expect(transcript.joint?.map(({ genesis }) => genesis.regionCode)).toEqual([other])
      expect(await kindsOf(harness, regionCode, drawId)).toEqual(['snapshot', 'commitment', 'transcript', 'match'])
      expect(await kindsOf(harness, other, drawId)).toEqual(['snapshot', 'commitment', 'transcript'])
      const digests = await Promise.all(
        [regionCode, other].map(async (region) =>
          (await logOf(harness, region))
            .filter((entry) => entry.drawId === drawId && entry.kind !== 'snapshot')
            .map(({ digest }) => digest),
        ),
      )
      expect(digests[0]?.slice(0, 2)).toEqual(digests[1])
      // Each city's objects get teams of that city's inspectors, and nobody else's.
      const match = JSON.parse(await harness.text(`/v1/draws/${drawId}/match`, ['AUDITOR'])) as {
        readonly matches: readonly {
          readonly object: string
          readonly teams: readonly { readonly unitId: string }[]
          readonly leader: string | null
        }[]
      }
      for (const { object, teams, leader } of match.matches) {
        const isTheirs = harness.registry.objectOf(drawId, object, other) !== undefined
        expect(teams.map(({ unitId }) => unitId)).toEqual([isTheirs ? theirs : bureau])
        expect(leader).not.toBeNull()
      }
      matchedDraws.push(matched)
      const verdicts = await verifyCities(base(harness), drawId, [regionCode, other], [...harness.witnesses.keysFiles.values()])
      for (const [by, { exitCode, output }] of Object.entries(verdicts))
        expect([by, exitCode, output]).toEqual([by, 0, expect.stringContaining('MATCH')])
      // With the keys of one city alone, nobody can say that the other's log is the one.
      const { javascript } = await verifyCities(base(harness), drawId, [regionCode, other], [harness.witnesses.keysFile])
      expect(javascript.output).toContain('PENDING')
    },
  )

  it('DRW-26 shows the draw and its files to the other city as to the organiser’s', async () => {
    const [item] = (
      await (await harness.as(['AUDITOR'], theirs, other)).get<{ items: readonly DrawBody[] }>(`/v1/draws?regionCode=${other}&limit=1`)
    ).body.items
    expect(item).toMatchObject({ regionCode, joint: { cities: [{ regionCode }, { regionCode: other }] } })
    const path = `${base(harness)}/v1/public/draws/${item?.drawId ?? ''}`
    const rosters = await Promise.all(['', `?regionCode=${other}`].map(async (query) => (await fetch(`${path}/roster${query}`)).text()))
    expect(rosters.map((text) => text.trimEnd().split('\n').length)).toEqual([9, 6])
    expect((await fetch(`${path}/roster?regionCode=230900`)).status).toBe(404)
  })

  it('CRD-08 DRW-26 tells what was drawn of each city, and how many enterprises of its year', async () => {
    const told = (type: string, drawId: string) =>
      harness.events.find((event) => event.aggregateId === drawId && event.type === `cn.dualrandom.drawing.draw.${type}.v1`)?.payload
    const [apart, merged] = matchedDraws
    const cities = [
      { regionCode, drawn: 3, yearEnterprises: 3 },
      { regionCode: other, drawn: 2, yearEnterprises: 2 },
    ]
    await eventually(() => expect(told('matched', apart?.drawId ?? '')).toMatchObject({ drawn: 5, jointCounts: { cities } }))
    expect(told('drawn', apart?.drawId ?? '')).toMatchObject({
      drawn: 5,
      jointCounts: { cities: cities.map(({ yearEnterprises: _counted, ...city }) => city) },
    })
    await eventually(() => expect(told('matched', merged?.drawId ?? '')).toBeDefined())
    const { jointCounts } = told('matched', merged?.drawId ?? '') as {
      readonly jointCounts: { readonly cities: readonly { readonly drawn: number }[] }
    }
    expect(jointCounts.cities.reduce((sum, { drawn }) => sum + drawn, 0)).toBe(4)
  })

  it('DRW-26 refuses a line with a city that is not served here, or has no units or initiator, or delegates to another', async () => {
    const city = { regionCode: other, initiatorUnitId: theirs, unitIds: [theirs] }
    const lines: readonly (readonly [string, Partial<PublishedLine>])[] = [
      ['region-not-served', { joint: { merged: false, cities: [{ ...city, regionCode: '230900' as RegionCode }] } }],
      ['city-without-units', { joint: { merged: false, cities: [{ ...city, unitIds: ['230400-none' as UnitId] }] } }],
      ['city-without-initiator', { joint: { merged: false, cities: [{ ...city, initiatorUnitId: bureau as UnitId }] } }],
      ['city-twice', { joint: { merged: false, cities: [city, city] } }],
      [
        'delegation-across-cities',
        { units: [unit, { ...unit, unitId: theirs, delegatedTo: '230302-scj' as UnitId, delegatedRegionCode: '230302' as RegionCode }] },
      ],
    ]
    for (const [index, [code, change]] of lines.entries()) {
      const line = cityLine(`C-bad-${index}`, false, change)
      harness.planning.publish(line)
      expect([code, (await organiser.freeze(line)).body.code]).toEqual([code, code])
    }
  })

  it('DRW-32 is void for all where one of them voids it, and each log says so', async () => {
    const line = cityLine('C-void', false)
    harness.planning.publish(line)
    const { drawId } = done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    expect(done(await organiser.cancel(drawId, { reason: '名单有误' })).status).toBe('VOID')
    for (const region of [regionCode, other]) expect(await kindsOf(harness, region, drawId)).toEqual(['snapshot', 'commitment', 'void'])
    harness.moveTo(commitment?.roundAt ?? '')
    expect(done(await organiser.freeze(line, { attempt: 2 })).status).toBe('FROZEN')
  })

  it('DRW-26 DRW-31 closes with each city’s openings in a file of its own', async () => {
    const visited = new Map<string, string>()
    // Before the clock moves: the sweep closes what is due by itself.
    for (const { drawId } of matchedDraws) {
      const { transcript } = await fileOf<SignedTranscript>(harness, drawId, 'transcript')
      const [label] = transcript.batches.flat().filter((one) => harness.registry.objectOf(drawId, one, other) !== undefined)
      if (label === undefined) throw new Error('nobody of the other city was drawn')
      const taskId = taskIdOf(drawId as DrawId, label, theirs)
      await harness.publishTask(drawId, taskId, 'completed')
      await eventually(async () => expect(await harness.tasksSeen([taskId])).toEqual([2]))
      visited.set(drawId, label)
    }
    for (const { drawId, closeAt } of matchedDraws) {
      harness.moveTo(closeAt)
      expect(done(await organiser.close(drawId))).toMatchObject({ status: 'CLOSED', closing: { visited: 1 } })
      const openings = await Promise.all(
        ['', `?regionCode=${other}`].map(async (query) =>
          (await fetch(`${base(harness)}/v1/public/draws/${drawId}/openings${query}`)).text(),
        ),
      )
      expect(openings[0]).toBe('')
      expect(JSON.parse(openings[1] ?? '')).toMatchObject({ id: harness.registry.objectOf(drawId, visited.get(drawId) ?? '', other)?.code })
      const verdicts = await verifyCities(base(harness), drawId, [regionCode, other], [...harness.witnesses.keysFiles.values()])
      for (const [by, { exitCode, output }] of Object.entries(verdicts))
        expect([by, exitCode, output]).toEqual([by, 0, expect.stringContaining('MATCH')])
    }
  })
})

describe('a draw of two cities with a void that the witnesses of one do not settle', { timeout: 120_000 }, () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await startDrawing({ witnessed: true, otherRegions: [other] })
  })
  afterAll(() => harness.dispose())

  it('DRW-26 DRW-31 has it in the log of each, so that each city’s superior can say there that the draw failed', async () => {
    const organiser = prepare(harness)
    const line = cityLine('C-undecided', false)
    harness.planning.publish(line)
    const { drawId } = done(await organiser.freeze(line))
    const roundAt = done(await organiser.commit(drawId)).commitment?.roundAt as Instant
    harness.witnesses.beforeCosign = async (kind, witnessId) => {
      if (kind === 'void' && (witnessId === 'w3' || witnessId === 'w4')) throw new Error('cut off')
    }
    expect(refusal(await organiser.cancel(drawId, { reason: '名单有误' }))).toEqual([503, 'witnesses-unavailable'])
    harness.witnesses.beforeCosign = undefined
    expect(await kindsOf(harness, other, drawId)).toEqual(['snapshot', 'commitment'])
    harness.moveTo(roundAt)
    for (let asked = 0; asked < 2; asked++) expect(refusal(await organiser.run(drawId))).toEqual([503, 'void-undecided'])
    harness.moveTo(addMs(roundAt, 7 * 86_400_000))
    for (const region of [other, regionCode]) {
      expect((await outsideUnits(harness, region).fail(drawId, 'void-undecided')).status).toBe(201)
      expect(await kindsOf(harness, region, drawId)).toEqual(['snapshot', 'commitment', 'void', 'failed'])
    }
    expect((await organiser.read(drawId)).status).toBe('FAILED')
  })
})

/** Every point between two logs, and where an attempt is taken up in the middle. */
const points = ['snapshot', 'commitment', 'transcript'] as const

describe('a draw of two cities whose service dies between two logs', { timeout: 120_000 }, () => {
  const reached: string[] = []
  /** Dies once at the second log of each kind. */
  const dying = (real: AppDeps): AppDeps => {
    const seen = new Map<string, number>()
    return {
      ...real,
      logs: {
        ...real.logs,
        append: async (region, request) => {
          const isPoint = points.some((kind) => kind === request.kind)
          const before = seen.get(request.kind) ?? 0
          seen.set(request.kind, before + 1)
          if (isPoint && before === 1 && !reached.includes(request.kind)) {
            reached.push(request.kind)
            throw new Error(`killed before the second ${request.kind}`)
          }
          return real.logs.append(region, request)
        },
      },
    }
  }
  let calm: Harness
  let disturbed: Harness

  beforeAll(async () => {
    ;[calm, disturbed] = await Promise.all([
      startDrawing({ otherRegions: [other] }),
      startDrawing({ otherRegions: [other], overrides: { deps: dying } }),
    ])
  })
  afterAll(() => Promise.all([calm.dispose(), disturbed.dispose()]))

  const live = async (harness: Harness): Promise<unknown> => {
    const organiser = prepare(harness)
    const line = cityLine('C-dies', true)
    harness.planning.publish(line)
    const insist = async (ask: () => ReturnType<Organiser['freeze']>): Promise<DrawBody> => {
      for (;;) {
        const answer = await ask()
        if (answer.status !== 500) return done(answer)
        await harness.restart({ deps: dying })
      }
    }
    const { drawId } = await insist(() => organiser.freeze(line))
    const { commitment } = await insist(() => organiser.commit(drawId))
    harness.moveTo(commitment?.roundAt ?? '')
    const draw = await insist(() => organiser.run(drawId))
    const logs = await Promise.all([regionCode, other].map(async (region) => (await logOf(harness, region)).map(({ head }) => head)))
    return { draw, logs }
  }

  it('DRW-26 DRW-31 DRW-32 resumes the same S, transcript and logs of both', async () => {
    const expected = await live(calm)
    expect(await live(disturbed)).toEqual(expected)
    expect(reached).toEqual(points)
  })

  it('DRW-32 goes on by itself once S stands in one of the logs, though nobody sends the command again', async () => {
    const organiser = organiserOf(disturbed)
    const line = cityLine('C-alone', true)
    disturbed.planning.publish(line)
    reached.splice(0)
    reached.push('snapshot', 'transcript')
    await disturbed.restart({ deps: dying })
    const { drawId } = done(await organiser.freeze(line))
    expect((await organiser.commit(drawId)).status).toBe(500)
    expect([await kindsOf(disturbed, other, drawId), await kindsOf(disturbed, regionCode, drawId)]).toEqual([
      ['snapshot', 'commitment'],
      ['snapshot'],
    ])
    await disturbed.service().runSweep('due-draws')
    expect((await organiser.read(drawId)).status).toBe('COMMITTED')
    expect(await kindsOf(disturbed, regionCode, drawId)).toEqual(['snapshot', 'commitment'])
  })

  it('DRW-32 is void where one log took S and the other did not before the deadline', async () => {
    const organiser = organiserOf(disturbed)
    const line = cityLine('C-late', true)
    disturbed.planning.publish(line)
    const before = (await organiser.read((await openDraw(disturbed)) ?? '')).commitment?.roundAt ?? ''
    disturbed.moveTo(before)
    await disturbed.service().runSweep('due-draws')
    reached.splice(0)
    reached.push('snapshot', 'transcript')
    await disturbed.restart({ deps: dying })
    const { drawId } = done(await organiser.freeze(line))
    expect((await organiser.commit(drawId)).status).toBe(500)
    disturbed.moveTo(new Date(Date.parse(disturbed.now()) + 3_600_000).toISOString())
    await disturbed.service().runSweep('due-draws')
    expect(await organiser.read(drawId)).toMatchObject({ status: 'VOID', voided: { reason: 'not-witnessed' } })
    expect([await kindsOf(disturbed, other, drawId), await kindsOf(disturbed, regionCode, drawId)]).toEqual([
      ['snapshot', 'commitment', 'void'],
      ['snapshot'],
    ])
  })

  const openDraw = async (harness: Harness): Promise<string | undefined> =>
    (await (await harness.as(['DRAW_ORGANISER'])).get<{ items: readonly DrawBody[] }>('/v1/draws?limit=500')).body.items.find(
      ({ status }) => status === 'COMMITTED',
    )?.drawId
})
