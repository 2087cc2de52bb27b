import type { Commitment, MatchRecord } from '@dual-random/draw'
import { toHex, type UnitId, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseMatchInput } from '../src/domain/match-files.ts'
import type { LineUnit } from '../src/domain/plan-line.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine } from './fixtures.ts'
import { policyWith } from './policy.ts'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { drawLine, lineOf, type Organiser, organiserOf } from './support/steps.ts'

const [unit] = publishedLine.units as [LineUnit]
const stations = ['230300-scj-s1', '230300-scj-s2', '230300-scj-s3'] as UnitId[]
const [first = bureau as UnitId, second = bureau as UnitId, third = bureau as UnitId] = stations
/** By id the unit that each inspector serves in: two of the office, two of every station. */
const homes = new Map<string, string>([bureau, ...stations].flatMap((home) => [1, 2].map((number) => [`${home}-${number}`, home] as const)))

/** Who is matched then hangs on mode and ticket alone. */
const withoutCap = { 'inspector.loadCap': undefined }

describe('draws by mode of selection', () => {
  let harness: Harness
  let organiser: Organiser
  let drawn = 0

  beforeAll(async () => {
    harness = await startDrawing({ policy: policyWith(withoutCap) })
    organiser = organiserOf(harness)
    harness.registry.inspectors = [...homes].map(([id, home]) => ({
      id,
      unitId: bureau,
      ...(home === bureau ? {} : { homeUnitId: home, homeKind: 'STATION' as const }),
    }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness?.dispose())

  const privateFile = (drawId: string, file: string) => harness.text(`/v1/draws/${drawId}/${file}`, ['AUDITOR'], '230000-scj', '230000')
  const inputOf = async (drawId: string) => parseMatchInput(await privateFile(drawId, `match-inputs/${bureau}`))
  const drawBy = (
    mode: LineUnit['mode'],
    stationUnitIds: readonly UnitId[],
    ground: LineUnit['ground'] = 'STAFFING',
  ): Promise<DrawBody> => {
    drawn += 1
    // Of objects that no draw before has drawn.
    harness.registry.objects = Array.from({ length: 40 }, (_, index) => ({ code: `${drawn}-${index}`, grade: 'A' }))
    const units = [{ ...unit, mode, stationUnitIds, ground }]
    const line = lineOf(`M${drawn}`, { itemClass: 'KEY', quantity: { kind: 'count', count: 36 }, units })
    harness.planning.publish(line)
    return drawLine(harness, organiser, line)
  }
  /** Of every drawn object, where the members of its team serve. */
  const teamHomes = async ({ drawId }: DrawBody): Promise<readonly (readonly string[])[]> => {
    const ids = new Map((await inputOf(drawId)).inspectors.map(({ label, id }) => [label, id]))
    const { matches } = JSON.parse(await privateFile(drawId, 'match')) as MatchRecord
    expect(matches).toHaveLength(36)
    return matches.map(({ teams }) => teams.flatMap(({ members }) => members.map((label) => homes.get(ids.get(label) ?? '') ?? '')))
  }
  const sentFrom = async (draw: DrawBody): Promise<readonly string[]> => {
    const teams = await teamHomes(draw)
    expect(teams.every(({ length }) => length === 2)).toBe(true)
    return [...new Set(teams.flat())].sort()
  }

  it('DRW-03 DRW-04 bureau-wide, inspectors of the office and of every station are drawn', async () => {
    expect(await sentFrom(await drawBy('BUREAU_WIDE', []))).toEqual([bureau, ...stations])
  })

  it('DRW-03 DRW-06 with several stations named, inspectors of these are drawn, of no other station and not of the office', async () => {
    expect(await sentFrom(await drawBy('MULTI_STATION', [third, first]))).toEqual([first, third])
  })

  it('DRW-03 DRW-07 with a single station named, inspectors of this one alone are drawn', async () => {
    expect(await sentFrom(await drawBy('SINGLE_STATION', [second]))).toEqual([second])
  })

  it('DRW-03 DRW-05 office with stations, each team has a member from both where policy asks for it, and need not where it does not', async () => {
    const isMixed = (homesOfTeam: readonly string[]) => homesOfTeam.filter((home) => home === bureau).length === 1
    const free = await teamHomes(await drawBy('OFFICE_AND_STATIONS', []))
    expect([...new Set(free.flat())].sort()).toEqual([bureau, ...stations])
    expect(free.some((team) => !isMixed(team))).toBe(true)
    const policy = harness.registry.policy
    harness.registry.policy = policyWith({ ...withoutCap, 'inspector.officeStationPairing': true })
    const paired = await teamHomes(await drawBy('OFFICE_AND_STATIONS', []))
    expect(paired.every((team) => team.length === 2 && isMixed(team))).toBe(true)
    harness.registry.policy = policy
  })

  it('DRW-09 records the mode and its ground with the draw, fixed before the draw by the digest that S has of them', async () => {
    const draw = await drawBy('MULTI_STATION', [first, second], 'SPECIALITY')
    const text = await privateFile(draw.drawId, `match-inputs/${bureau}`)
    expect(parseMatchInput(text).selection).toEqual({
      mode: 'MULTI_STATION',
      ground: 'SPECIALITY',
      offices: false,
      stations: [first, second],
      paired: false,
    })
    expect((await commitmentOf(draw)).matchInputs).toEqual([{ unitId: bureau, digest: toHex(sha256(utf8(text))) }])
  })

  it('DRW-28 names the unit that organises the draw, in its page and in S', async () => {
    const draw = await drawBy('BUREAU_WIDE', [])
    const page = (await (await fetch(`${base()}/v1/public/draws/${draw.drawId}`)).json()) as { readonly unitId: string }
    expect([draw.unitId, page.unitId, (await commitmentOf(draw)).organiserUnitId]).toEqual([bureau, bureau, bureau])
  })

  const base = () => `http://127.0.0.1:${harness.service().httpPort}`
  const commitmentOf = async ({ drawId }: DrawBody) =>
    (await (await fetch(`${base()}/v1/public/draws/${drawId}/commitment`)).json()) as Commitment
})
