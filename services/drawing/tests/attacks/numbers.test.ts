import type { Instant } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bureau, type Harness, regionCode } from '../support/harness.ts'
import { done, lineOf, type Organiser, organiserOf, refusal } from '../support/steps.ts'
import { allPublished, changed, pageDigests, pages, startOnNumbers, typed, typists } from '../support/typed-numbers.ts'

const key = { itemClass: 'KEY', quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const

/** What whoever types public numbers may try (docs/draw-protocol.md §9a, §21). */
describe('who types public numbers', () => {
  let harness: Harness
  let organiser: Organiser
  let by: ReturnType<typeof typists>
  let drawId = ''

  beforeAll(async () => {
    harness = await startOnNumbers()
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    const line = lineOf('N2', key)
    harness.planning.publish(line)
    harness.moveTo('2026-03-02T01:10:00.000Z')
    organiser = organiserOf(harness)
    drawId = done(await organiser.freeze(line)).drawId
    by = typists(harness, drawId, done(await organiser.commit(drawId)).commitment?.digest ?? '')
    harness.moveTo(allPublished)
    await by.first()
    for (const [index, page] of pages.entries()) await by.leavePage(pageDigests[index] ?? '', page)
  })
  afterAll(() => harness.dispose())

  const entered = async (): Promise<number> =>
    (await harness.text(`/v1/public/region-logs/${regionCode}`, [])).split('"kind":"numbers"').length - 1

  it('attack: public numbers that were not published. They are not what the other unit typed: nothing enters, and the draw waits', async () => {
    const other = changed(typed[1], (copy) => void (copy[0]!.publications[3]!.numbers[1] = [13]))
    const { status, body } = await by.second(other)
    expect([status, body.code]).toEqual([409, 'numbers-differ'])
    expect(body.detail).toContain('/series/0/publications/3/numbers/1/0')
    expect(refusal(await organiser.run(drawId))).toEqual([409, 'numbers-differ'])
    expect(await entered()).toBe(0)
  })

  it('attack: another publication than the first. One before the instant, or whose predecessor is itself at or after it, is refused', async () => {
    const later = changed(typed[1], (copy) => {
      const [series] = copy
      const [passedOver] = series!.publications
      series!.before = { issue: passedOver!.issue, publishedAt: passedOver!.publishedAt }
    })
    const answer = await by.second(later)
    expect([answer.status, answer.body.code]).toEqual([409, 'numbers-wrong'])
    expect(answer.body.detail).toContain('/series/0/before/publishedAt')
    const earlier = changed(typed[1], (copy) => void (copy[1]!.publications[0]!.publishedAt = '2026-03-02T01:00:00.000Z' as Instant))
    expect(await by.units.refused(by.second(earlier))).toEqual([409, 'numbers-wrong'])
    expect(await entered()).toBe(0)
  })

  it('attack: a public number outside its range. It is refused with its place, also where both would type it', async () => {
    const beyond = (series: (typeof typed)[0]) => changed(series, (copy) => void (copy[0]!.publications[0]!.numbers[0]![5] = 34))
    for (const answer of [await by.first(beyond(typed[0])), await by.second(beyond(typed[1]))]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'numbers-wrong'])
      expect(answer.body.detail).toContain('/series/0/publications/0/numbers/0/5')
    }
    expect(await entered()).toBe(0)
  })

  it('attack: public numbers that one unit types twice. Its later entry takes the place of its first, and another unit’s name needs that unit’s key', async () => {
    // What the second typed in the first attack is still held: only the first unit types here.
    expect(await by.units.refused(by.first())).toEqual([409, 'numbers-differ'])
    expect(await by.units.refused(by.first(typed[0], { unitId: '230000-sft' }))).toEqual([409, 'entry-unknown-key'])
    expect(await entered()).toBe(0)
    expect((await by.second()).status).toBe(201)
    expect(await entered()).toBe(2)
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })
})
