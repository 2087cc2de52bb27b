import { signPulse } from '@dual-random/beacon'
import type { Instant } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import {
  beaconSecretOf,
  type DemoOptions,
  demoBundle,
  drawing,
  hex,
  partNames,
  registry,
  seenAt,
  superior,
  unit,
} from '@dual-random/verify/testing'
import { describe, expect, it } from 'vitest'
import { type InsiderEdit, insiderFiles, type Published, publishedOf } from './insider.ts'
import { caseOf, judgeByLibrary, judgeInNode, judgeInPython, type Parts, partsOf } from './judges.ts'
import { listAt, recordAt, textAt } from './loose-json.ts'

const hash = { name: 'sha256', digest: (bytes: Uint8Array) => digest('sha256', bytes) } as const
/** A draw in front of four witnesses, with the secrets of two units, on the beacons of two other regions. */
const bundle = (options: DemoOptions = {}) => demoBundle({ witnessed: true, withReveal: true, demo: false, ...options })

/** When the last of the draw's rounds is long out. */
const afterRound = '2026-03-02T04:00:00.000Z' as Instant

/** Where both verifiers say that the files of a bundle differ from what the rules give; `%` is the drawId. */
async function placeOf(files: ReturnType<typeof bundle>, parts: Parts): Promise<string | undefined> {
  const names = partNames(files)
  const whole = partsOf(files)
  const { earlier } = files
  const node = await judgeInNode(names, { ...whole, ...parts }, false, earlier)
  const [python] = judgeInPython([{ ...caseOf(names, parts, false), family: earlier }], caseOf(names, whole, false))
  expect(python).toMatchObject({ code: node.code, ...(node.place === undefined ? {} : { place: node.place }) })
  expect(judgeByLibrary(names, { ...whole, ...parts }, false, earlier)).toMatchObject({ code: node.code, place: node.place })
  expect(node.code).toBe(1)
  return node.place?.replaceAll(files.drawId, '%')
}

/** The insider changes one place once the round is out, works out anew all that follows, and signs it with every key of the region's own. */
const afterwards = async (
  edit: (published: Published) => Pick<InsiderEdit, 'document' | 'path' | 'value'>,
  options: DemoOptions = {},
): Promise<string | undefined> => {
  const files = bundle(options)
  const honest = publishedOf(files)
  return placeOf(files, insiderFiles(hash, honest, { ...edit(honest), derive: true, resign: true }))
}
const roundOf = ({ commitment }: Published): number => Number(recordAt(listAt(commitment, 'beacons')[0])['round'])
const committedRound = (ahead: number) => (published: Published) =>
  ({ document: 'commitment', path: ['beacons', 0, 'round'], value: roundOf(published) + ahead }) as const

/** The same before S, so that the witnesses saw it in time: what they do not look at, whoever verifies does. */
const before = async (options: DemoOptions): Promise<string | undefined> => {
  const files = bundle(options)
  return placeOf(files, {})
}

/** Attacks on the files, each refused by both verifiers at one place (docs/draw-protocol.md §21). */
describe('files of an organiser that cheats', { timeout: 120_000 }, () => {
  it('attack: a past round. The committed round is the first after the delay, and no earlier one', async () => {
    expect(await afterwards(committedRound(-100))).toBe('commitment-%.json /beacons/0/round')
  })

  it('attack: a chosen round. The committed round is the first after the delay, and no later one, also where witnesses saw it in time', async () => {
    expect(await afterwards(committedRound(1))).toBe('commitment-%.json /beacons/0/round')
    const later = {
      onCommitment: (s: Parameters<NonNullable<DemoOptions['onCommitment']>>[0]) => ({
        ...s,
        beacons: s.beacons.map((beacon, index) => (index === 0 && 'round' in beacon ? { ...beacon, round: beacon.round + 1 } : beacon)),
      }),
    }
    expect(await before(later)).toBe('commitment-%.json /beacons/0/round')
  })

  it('attack: a changed roster after the freeze. S over another roster is not the S that the witnesses saw', async () => {
    const moved = ({ roster }: Published) => {
      const stratum = textAt(roster[0], 'stratum')
      return { document: 'roster', path: [0, 'stratum'], value: stratum === 'A' ? 'B' : 'A' } as const
    }
    // He can sign his checkpoints anew; the witnesses' cosignatures stay those of the log that they saw.
    expect(await afterwards(moved, { withReveal: false })).toBe('checkpoints-230300.ndjson line 2 /cosignatures/0/signature')
    // What a unit revealed was for the S that it saw.
    expect(await afterwards(moved)).toBe('region-log-230300.ndjson line 11 /signature')
  })

  it('attack: a removed candidate. S over a smaller roster is not the S that the witnesses saw, and the roster alone is not the signed one', async () => {
    const files = bundle({ withReveal: false })
    const smaller = publishedOf(files)
    const candidate = smaller.roster.findIndex((line) => recordAt(line)['excluded'] === false)
    smaller.roster = smaller.roster.toSpliced(candidate, 1)
    const same = { document: 'roster', path: [0, 'excluded'], value: recordAt(smaller.roster[0])['excluded'] } as const
    expect(await placeOf(files, insiderFiles(hash, smaller, { ...same, derive: true, resign: true }))).toBe(
      'checkpoints-230300.ndjson line 2 /cosignatures/0/signature',
    )
    const alone = files.roster.slice(files.roster.indexOf('\n') + 1)
    expect(await placeOf(files, { roster: alone })).toBe('commitment-%.json /snapshot/strata')
  })

  it('attack: a second commitment for one attempt. The log of it is refused at its line', async () => {
    const twin = { kind: 'commitment', of: hex('digest', 'twin'), by: drawing } as const
    expect(await before({ extra: { commitment: ({ drawId }) => [{ ...twin, drawId }] } })).toBe('region-log-230300.ndjson line 11 /kind')
  })

  it('attack: another beacon than S names. Its pulse does not verify under the key that S names, nor does another source', async () => {
    const pulse = (round: number, source: string) => signPulse(beaconSecretOf({ source: source.replace('230900', '230400') }), round)
    expect(await before({ pulse })).toBe('transcript-%.json /transcript/beacons/1/signature')
    const named = (): Pick<InsiderEdit, 'document' | 'path' | 'value'> =>
      ({ document: 'transcript', path: ['transcript', 'beacons', 0, 'source'], value: 'region/230800' }) as const
    expect(await afterwards(named)).toBe('transcript-%.json /transcript/beacons')
  })

  it('attack: a withheld or late reveal. A transcript without it, or with one that was seen too late, is refused at its tip', async () => {
    expect(await before({ withheld: [superior.unitId] })).toBe('commitment-%.json /tips/1')
    const late = '2026-03-02T01:25:00.001Z' as never
    expect(
      await before({
        onCheckpoints: (all) =>
          all.map((one, index) =>
            index === 0 ? one : { ...one, seen: { 'city-230200': late, 'city-230800': late, 'city-230900': late } },
          ),
      }),
    ).toBe('commitment-%.json /tips/0')
  })

  it('attack: a replayed tip. A reveal for another unit, or one that opens nothing, is refused at its line', async () => {
    expect(await before({ onReveal: (reveal) => ({ ...reveal, unitId: superior.unitId }) })).toBe(
      'region-log-230300.ndjson line 11 /record/unitId',
    )
    expect(await before({ onReveal: (reveal) => ({ ...reveal, secret: hex('reveal', `another draw ${unit.unitId}`) }) })).toBe(
      'region-log-230300.ndjson line 11 /record/secret',
    )
  })

  it('attack: a fork of the region log shown to two witness groups. The other group’s log does not go with this transcript', async () => {
    const files = bundle()
    const { log, checkpoints = '' } = bundle({
      extra: { snapshot: () => [{ kind: 'snapshot', drawId: hex('digest', 'fork'), of: hex('digest', 'fork'), by: registry }] },
    })
    expect(await placeOf(files, { log, checkpoints })).toBe('region-log-230300.ndjson line 10 /head')
  })

  it('attack: a draw declared failed before its time. A failure that witnesses held before the 7 days were over is refused at its line', async () => {
    const failed = ({ drawId }: { readonly drawId: string }) => {
      const record = { type: 'dual-random/failed/v1', drawId, reason: 'key-lost', unitId: superior.unitId }
      return [{ kind: 'failed', drawId, of: record, by: superior } as const]
    }
    // Who plays everybody here signs at once what the witnesses hold half an hour after S.
    expect(await before({ unmatched: true, extra: { transcript: failed } })).toBe('region-log-230300.ndjson line 14')
  })

  it('attack: shopping among attempts. An attempt after one that stands is refused, also where the superior approved it', async () => {
    const approved = ({ drawId }: { readonly drawId: string }) => {
      const record = { type: 'dual-random/approval/v1', drawId, unitId: superior.unitId, reason: '重抽', order: null }
      return [{ kind: 'approval', drawId, of: record, by: superior } as const]
    }
    const left = { attempt: 2, before: ['snapshot', 'commitment'] } as const
    // Committed in front of everybody, its result seen, and left without a transcript.
    expect(await before(left)).toBe('region-log-230300.ndjson line 12')
    expect(await before({ ...left, extra: { snapshot: approved } })).toBe('commitment-%.json /attempt')
  })

  it('attack: shopping among attempts. A void in time is no option: whether its cosignatures are shown or hidden, there is no result', async () => {
    const voided = ({ drawId }: { readonly drawId: string }) => [
      { kind: 'void', drawId, of: { type: 'dual-random/void/v1', drawId, reason: '' }, by: drawing } as const,
    ]
    const drawn = { withReveal: false, extra: { commitment: voided } } as const
    expect(await before(drawn)).toBe('region-log-230300.ndjson line 10')
    const hidden = bundle({
      ...drawn,
      // S was seen in time by all, and nobody is shown who saw the void before the transcript.
      onCheckpoints: (checkpoints, log) => [
        ...checkpoints.filter(({ seq }) => log[seq]?.kind === 'commitment'),
        ...checkpoints.filter(({ seq }) => log[seq]?.kind === 'match').map((one) => ({ ...one, seen: seenAt(afterRound) })),
      ],
    })
    const { code, missing = [] } = await judgeInNode(partNames(hidden), partsOf(hidden), false)
    expect([code, missing.join()]).toEqual([3, expect.stringContaining('void 条目')])
    const [python] = judgeInPython([caseOf(partNames(hidden), {}, false)], caseOf(partNames(hidden), partsOf(hidden), false))
    expect(python).toMatchObject({ code: 3 })
    expect(judgeByLibrary(partNames(hidden), partsOf(hidden), false)).toMatchObject({ code: 3 })
  })

  it('attack: a void after the round. A result that was voided in time is refused, and a late void makes no difference', async () => {
    const voided = ({ drawId }: { readonly drawId: string }) => [
      { kind: 'void', drawId, of: { type: 'dual-random/void/v1', drawId, reason: '' }, by: drawing } as const,
    ]
    expect(await before({ extra: { commitment: voided } })).toBe('region-log-230300.ndjson line 11')
    const late = bundle({ extra: { transcript: voided } })
    expect(await judgeInNode(partNames(late), partsOf(late), false)).toEqual({ code: 0, missing: [] })
  })
})
