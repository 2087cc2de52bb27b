import type { MatchRecord } from '@dual-random/draw'
import type { UnitId } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseMatchInput } from '../src/domain/match-files.ts'
import type { LineUnit } from '../src/domain/plan-line.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine } from './fixtures.ts'
import { policyWith } from './policy.ts'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { done, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

const [unit] = publishedLine.units as [LineUnit]
/** Who checked every object of the pool last. */
const before = ['i-1', 'i-2']
const objects = 20

describe('who checked an object last', () => {
  let harness: Harness
  let organiser: Organiser
  let drawn = 0

  beforeAll(async () => {
    harness = await startDrawing()
    organiser = organiserOf(harness)
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness?.dispose())

  const privateFile = (drawId: string, file: string) => harness.text(`/v1/draws/${drawId}/${file}`, ['AUDITOR'], '230000-scj', '230000')
  const inputOf = async (drawId: string) => parseMatchInput(await privateFile(drawId, `match-inputs/${bureau}`))
  /** A frozen draw of the whole pool, whose inspectors are those; who is matched hangs on the policy and the ticket alone. */
  const frozen = async (avoid: string | undefined, inspectors: readonly string[]): Promise<string> => {
    drawn += 1
    harness.registry.policy = policyWith({ 'inspector.loadCap': undefined, 'inspector.avoidLastInspector': avoid })
    harness.registry.inspectors = inspectors.map((id) => ({ id, unitId: bureau as UnitId }))
    harness.registry.objects = Array.from({ length: objects }, (_, index) => ({
      code: `${drawn}-${index}`,
      grade: 'A',
      lastInspectors: before,
    }))
    const line = lineOf(`W${drawn}`, { itemClass: 'KEY', quantity: { kind: 'count', count: objects }, units: [unit] })
    harness.planning.publish(line)
    return done(await organiser.freeze(line)).drawId
  }
  const finished = async (drawId: string, approval: object = {}): Promise<DrawBody> => {
    const { commitment } = done(await organiser.commit(drawId, approval))
    harness.moveTo(commitment?.roundAt ?? '')
    return done(await organiser.run(drawId))
  }
  const matchesOf = async (drawId: string) => (JSON.parse(await privateFile(drawId, 'match')) as MatchRecord).matches
  /** Of every object the ids of its team. */
  const teamsOf = async (drawId: string): Promise<readonly (readonly string[])[]> => {
    const ids = new Map((await inputOf(drawId)).inspectors.map(({ label, id }) => [label, id]))
    return (await matchesOf(drawId)).map(({ teams }) => teams.flatMap(({ members }) => members.map((label) => ids.get(label) ?? '')).sort())
  }
  const all = ['i-1', 'i-2', 'i-3', 'i-4']

  it.each(['PREFER', 'REQUIRE'])(
    'POL-01 under %s others are matched where there are enough, and the unit’s file in S says whom it avoids',
    async (avoid) => {
      const drawId = await frozen(avoid, all)
      expect(await finished(drawId)).toMatchObject({ status: 'MATCHED', match: { shortOfTeam: 0 } })
      expect(await teamsOf(drawId)).toEqual(Array.from({ length: objects }, () => ['i-3', 'i-4']))
      const input = await inputOf(drawId)
      const known = input.inspectors.flatMap(({ id, label }) => (before.includes(id) ? label : [])).sort()
      expect(input.objects).toHaveLength(objects)
      for (const { lastInspectors } of input.objects) expect(lastInspectors).toEqual(known)
    },
  )

  it.each(['OFF', undefined])('POL-01 under %s the same person may check again, and no file says who did', async (avoid) => {
    const drawId = await frozen(avoid, all)
    expect(await finished(drawId)).toMatchObject({ match: { shortOfTeam: 0 } })
    expect([...new Set((await teamsOf(drawId)).flat())].sort()).toEqual(all)
    expect(await inputOf(drawId)).toMatchObject({ lastInspector: 'ignore', objects: [] })
  })

  it('POL-01 PREFER sends one of them again rather than a short team', async () => {
    const drawId = await frozen('PREFER', ['i-1', 'i-2', 'i-3'])
    expect(await finished(drawId)).toMatchObject({ match: { shortOfTeam: 0 } })
    for (const team of await teamsOf(drawId)) {
      expect(team).toHaveLength(2)
      expect(team).toContain('i-3')
    }
  })

  it('POL-01 DRW-15 REQUIRE sends none of them: the objects without a full team are to be approved before the commitment, and stay without one', async () => {
    const drawId = await frozen('REQUIRE', ['i-1', 'i-2', 'i-3'])
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'teams-short'])
    expect(await finished(drawId, { shortTeamsApproved: true })).toMatchObject({
      commitment: { withoutTeam: objects },
      match: { shortOfTeam: objects },
    })
    for (const { teams, shortages } of await matchesOf(drawId)) {
      expect(teams).toEqual([])
      expect(shortages).toMatchObject([{ unitId: bureau, available: 1, ruledOut: [{ filter: 'last-inspector', count: 2 }] }])
    }
  })
})
