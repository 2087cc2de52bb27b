import { type Commitment, outputRound, roundOf, type SignedTranscript } from '@dual-random/draw'
import { addMs, type Clock } from '@dual-random/kernel'
import { afterEach, describe, expect, it } from 'vitest'
import { BeaconPeer } from './support/beacon-peer.ts'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { outsideUnits, secretOf } from './support/outside-units.ts'
import { type Answer, done, drawIdOf, drawLine, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

const key = { itemClass: 'KEY', quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const
const line = lineOf('L1', key)

const three = [
  ['region/230400', 7],
  ['region/230500', 11],
  ['region/230900', 9],
] as const

describe('beacons of other regions', () => {
  let harness: Harness | undefined
  afterEach(() => harness?.dispose())

  async function started(
    beacons?: readonly (readonly [source: string, secondsIntoYear: number])[],
    options: { readonly witnessed?: boolean } = {},
  ): Promise<readonly [Harness, Organiser]> {
    const named = beacons && { beacons: (clock: Clock) => beacons.map(([source, seconds]) => new BeaconPeer(clock, source, seconds)) }
    const made = await startDrawing({ ...options, ...named })
    harness = made
    made.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    made.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    made.planning.publish(line)
    made.moveTo('2026-03-02T01:10:00.000Z')
    return [made, organiserOf(made)]
  }
  const publicFile = async (of: Harness, drawId: string, name: string): Promise<unknown> =>
    JSON.parse(await of.text(`/v1/public/draws/${drawId}/${name}`, []))

  it('DRW-32 draws on the rounds of three, each its own first, and waits for all', async () => {
    const [made, organiser] = await started(three)
    const { drawId } = done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    const rounds = [
      { source: 'region/230400', at: '2026-03-02T01:30:07.000Z' },
      { source: 'region/230500', at: '2026-03-02T01:30:11.000Z' },
      { source: 'region/230900', at: '2026-03-02T01:30:09.000Z' },
    ]
    expect(commitment).toMatchObject({ roundAt: '2026-03-02T01:30:11.000Z', beacons: rounds })
    const s = (await publicFile(made, drawId, 'commitment')) as Commitment
    expect(s.beacons.map((one) => ({ kind: one.kind, source: one.source, round: roundOf(one) }))).toEqual(
      commitment?.beacons.map(({ source, round }) => ({ kind: 'region', source, round })),
    )
    expect(s.assurance).toBe('federated')

    made.moveTo('2026-03-02T01:30:07.000Z')
    expect(refusal(await organiser.run(drawId))).toEqual([409, 'round-not-due'])
    made.moveTo('2026-03-02T01:30:11.000Z')
    const [, second] = made.beacons as readonly [BeaconPeer, BeaconPeer]
    second.fault = 'down'
    expect(refusal(await organiser.run(drawId))).toEqual([503, 'beacon-unavailable'])
    second.fault = 'none'
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
    const { transcript } = (await publicFile(made, drawId, 'transcript')) as SignedTranscript
    expect(transcript.beacons.map((one) => ({ source: one.source, round: outputRound(one) }))).toEqual(
      commitment?.beacons.map(({ source, round }) => ({ source, round })),
    )
  })

  it('DRW-32 takes a void until a margin and a quarter before the first of its rounds', async () => {
    const [made, organiser] = await started(three)
    const { drawId } = done(await organiser.freeze(line))
    done(await organiser.commit(drawId))
    made.moveTo('2026-03-02T01:17:37.001Z')
    expect(refusal(await organiser.cancel(drawId, { reason: '信标停用' }))).toEqual([409, 'void-too-late'])
  })

  it('DRW-32 commits to no draw on the organiser’s own', async () => {
    const [, organiser] = await started([['region/230300', 7], ...three])
    const { drawId } = done(await organiser.freeze(line))
    const answer = await organiser.commit(drawId)
    expect(refusal(answer)).toEqual([409, 'beacons-not-allowed'])
    expect(JSON.stringify(answer.body)).toContain('run-by-organiser')
    expect((await organiser.read(drawId)).status).toBe('FROZEN')
  })

  it.each([1, 2])('DRW-32 freezes nothing on %i without a tip from outside, which could not be given any more', async (count) => {
    const [made, organiser] = await started(three.slice(0, count))
    const answer = await organiser.freeze(line)
    expect(refusal(answer)).toEqual([409, 'beacons-not-allowed'])
    expect(JSON.stringify(answer.body)).toContain('too-few-regions')
    expect((await (await made.as(['DRAW_ORGANISER'])).get(`/v1/draws/${drawIdOf(line)}`)).status).toBe(404)
  })

  it('DRW-32 commits on two where a unit outside the organiser gave a tip before the freeze', async () => {
    const [made, organiser] = await started(three.slice(0, 2), { witnessed: true })
    const drawId = drawIdOf(line)
    expect(refusal(await organiser.freeze(line))).toEqual([409, 'beacons-not-allowed'])
    expect((await outsideUnits(made).tip(drawId, secretOf(drawId))).status).toBe(201)
    expect(done(await organiser.freeze(line)).drawId).toBe(drawId)
    const { status, commitment } = done(await organiser.commit(drawId))
    expect([status, commitment?.beacons.map(({ source }) => source)]).toEqual(['COMMITTED', ['region/230400', 'region/230500']])
  })

  it('DRW-30 DRW-32 freezes no redraw on two without a tip of its own', async () => {
    const [made, organiser] = await started(three)
    const { drawId } = await drawLine(made, organiser, line)
    await made.restart({}, { DR_BEACONS: JSON.stringify(await Promise.all(made.beacons.slice(0, 2).map((each) => each.start()))) })
    const redraws = `/v1/draws/${drawId}/redraws`
    const asked = { purpose: 'ESCALATION', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts: { A: 1 } }
    expect((await (await made.as(['DRAW_ORGANISER'])).post(redraws, asked)).status).toBe(200)
    const superior = await made.as(['FILING_REVIEWER'], '230000-scj', '230000')
    expect((await superior.post(`${redraws}/1/approve`, {})).status).toBe(200)
    made.moveTo(addMs(made.now(), 60_000))
    const answer: Answer = await (await made.as(['DRAW_ORGANISER'])).post(`${redraws}/1/freeze`, { attempt: 1 })
    expect(refusal(answer)).toEqual([409, 'beacons-not-allowed'])
    expect(JSON.stringify(answer.body)).toContain('too-few-regions')
  })

  it('DRW-32 takes the next relay for one that is down or forges, and its metrics say which', async () => {
    const [made, organiser] = await started()
    const { drawId } = done(await organiser.freeze(line))
    made.beacon.faults[0] = 'down'
    const { commitment } = done(await organiser.commit(drawId))
    made.moveTo(commitment?.roundAt ?? '')
    made.beacon.faults[0] = 'forged'
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
    await made.service().runSweep('beacons')
    const metrics = await (await fetch(`http://127.0.0.1:${made.service().httpPort}/metrics`)).text()
    const told = metrics.split('\n').filter((row) => row.startsWith('dr_beacon_'))
    for (const outcome of ['failed', 'bad-pulse', 'valid'])
      expect(told.filter((row) => row.includes(`outcome="${outcome}"`))).not.toEqual([])
    expect(told.find((row) => row.startsWith('dr_beacon_unavailable_since'))).toMatch(/ 0$/)
  })
})
