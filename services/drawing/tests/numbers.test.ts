import type { Commitment, SignedTranscript } from '@dual-random/draw'
import { addMs, type Instant, type Json } from '@dual-random/kernel'
import { afterEach, describe, expect, it } from 'vitest'
import { verifyByAll } from './support/bundle.ts'
import { bureau, type Harness, regionCode } from './support/harness.ts'
import { outsider } from './support/outside-units.ts'
import { done, lineOf, organiserOf, refusal } from './support/steps.ts'
import { allPublished, changed, definition, pageDigests, pages, source, startOnNumbers, typed, typists } from './support/typed-numbers.ts'

const key = { itemClass: 'KEY', quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const
const line = lineOf('N1', key)

describe('a draw on public numbers', { timeout: 300_000 }, () => {
  let harness: Harness | undefined
  afterEach(() => harness?.dispose())

  async function committed(isAlone: boolean) {
    const made = await startOnNumbers(isAlone)
    harness = made
    made.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    made.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    made.planning.publish(line)
    made.moveTo('2026-03-02T01:10:00.000Z')
    const organiser = organiserOf(made)
    const { drawId } = done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    if (commitment === undefined) throw new Error('not committed')
    return { made, organiser, drawId, commitment, ...typists(made, drawId, commitment.digest) }
  }
  const publicFile = async (of: Harness, drawId: string, name: string): Promise<unknown> =>
    JSON.parse(await of.text(`/v1/public/draws/${drawId}/${name}`, []))
  const kinds = async (of: Harness, drawId: string): Promise<readonly string[]> =>
    (await of.text(`/v1/public/region-logs/${regionCode}`, []))
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { readonly kind: string; readonly drawId: string | null })
      .filter((entry) => entry.drawId === drawId)
      .map((entry) => entry.kind)

  it('DRW-32 SEC-05 waits for two units that type alike, each blind to the other, and every verifier says MATCH', async () => {
    const { made, organiser, drawId, commitment, units, first, second, leavePage, page } = await committed(true)
    const s = (await publicFile(made, drawId, 'commitment')) as Commitment
    const notBefore = addMs(s.committedAt, 1000 * s.delaySeconds)
    expect(s.beacons).toEqual([{ source, kind: 'public-numbers', definition: expect.any(String) as string, notBefore }])
    expect(s.assurance).toBe('public')
    expect(commitment).toMatchObject({ roundAt: notBefore, beacons: [{ source, round: 0, at: notBefore }] })

    // What the superior alone admits, once, and only where it is enough.
    const another = { ...definition, source: 'numbers/other' } as unknown as Json
    expect(await units.refused(units.enter('definition', null, another, outsider))).toEqual([409, 'entry-unknown-key'])
    const short = { ...definition, series: definition.series.slice(0, 1) } as unknown as Json
    expect(await units.refused(units.enter('definition', null, short))).toEqual([400, 'definition-invalid'])
    expect((await units.enter('definition', null, definition as unknown as Json)).status).toBe(200)

    expect(refusal(await organiser.run(drawId))).toEqual([409, 'round-not-due'])
    made.moveTo(notBefore)
    expect(refusal(await organiser.run(drawId))).toEqual([409, 'numbers-awaited'])
    expect(await units.refused(first())).toEqual([409, 'numbers-wrong'])
    made.moveTo(allPublished)

    expect(await first()).toMatchObject({ status: 202, body: { missingPages: pageDigests } })
    expect(await kinds(made, drawId)).not.toContain('numbers')
    expect((await page(pageDigests[0] ?? '')).status).toBe(404)
    expect(await leavePage('ab'.repeat(32), pages[0] ?? new Uint8Array())).toMatchObject({
      status: 404,
      body: { code: 'numbers-page-unknown' },
    })
    expect(await leavePage(pageDigests[0] ?? '', pages[1] ?? new Uint8Array())).toMatchObject({
      status: 400,
      body: { code: 'numbers-page-differs' },
    })
    for (const [index, bytes] of pages.entries()) expect((await leavePage(pageDigests[index] ?? '', bytes)).status).toBe(201)
    await made.service().runSweep('due-draws')
    expect((await organiser.read(drawId)).status).toBe('COMMITTED')
    const metrics = await (await fetch(`http://127.0.0.1:${made.service().httpPort}/metrics`)).text()
    expect(metrics).toContain(
      `dr_numbers_awaited_since_timestamp_seconds{source="${source}",service="drawing"} ${Date.parse(notBefore) / 1000}`,
    )

    // What is held outlives the process.
    await made.restart({ deps: made.witnesses.faulty })
    const wrong = await second(changed(typed[1], (copy) => void (copy[1]!.publications[0]!.numbers[0]![4] = 8)))
    expect([wrong.status, wrong.body.code]).toEqual([409, 'numbers-differ'])
    expect(wrong.body.detail).toContain('/series/1/publications/0/numbers/0/4')
    expect(refusal(await organiser.run(drawId))).toEqual([409, 'numbers-differ'])
    expect((await second()).status).toBe(201)
    expect((await second()).status).toBe(200)
    expect((await first()).status).toBe(200)
    expect(await units.refused(first(changed(typed[0], (copy) => void (copy[0]!.before.issue = 'x'))))).toEqual([409, 'numbers-entered'])
    expect(await (await page(pageDigests[0] ?? '')).text()).toBe('双色球开奖公告')

    await made.service().runSweep('due-draws')
    expect((await organiser.read(drawId)).status).toBe('MATCHED')
    expect(await kinds(made, drawId)).toEqual(['snapshot', 'commitment', 'numbers', 'numbers', 'transcript', 'match'])
    const { transcript } = (await publicFile(made, drawId, 'transcript')) as SignedTranscript
    expect(transcript.beacons).toMatchObject([{ source, series: [{ publications: [{ issue: '2026024' }, {}, {}, {}] }, {}] }])
    expect(await units.refused(first(changed(typed[0], (copy) => void (copy[0]!.before.issue = 'x'))))).toEqual([
      409,
      'numbers-not-awaited',
    ])
    const baseUrl = `http://127.0.0.1:${made.service().httpPort}`
    for (const { exitCode, output } of await verifyByAll(baseUrl, drawId, regionCode, made.witnesses.keysFile)) {
      expect(exitCode, output).toBe(0)
      expect(output).toContain('MATCH')
    }
  })

  it('DRW-32 draws on public numbers beside a beacon, which is fetched however late, and takes a void until a margin and a quarter before the first', async () => {
    const { made, organiser, drawId, commitment, first, second, leavePage } = await committed(false)
    const ats = commitment.beacons.map(({ at }) => at).sort()
    expect(commitment.beacons).toHaveLength(2)
    made.moveTo(addMs(ats[0] as Instant, -749_999))
    expect(refusal(await organiser.cancel(drawId, { reason: '迟' }))).toEqual([409, 'void-too-late'])
    made.moveTo(allPublished)
    expect((await first()).status).toBe(202)
    expect((await second()).status).toBe(202)
    for (const [index, bytes] of pages.entries()) expect((await leavePage(pageDigests[index] ?? '', bytes)).status).toBe(201)
    // Both are held, and whoever kept them died before they entered: the sweep enters them and draws.
    await made.service().runSweep('due-draws')
    expect((await organiser.read(drawId)).status).toBe('MATCHED')
    const { transcript } = (await publicFile(made, drawId, 'transcript')) as SignedTranscript
    expect(transcript.beacons.map((one) => one.source)).toEqual([source, 'self/230300'])
  })
})
