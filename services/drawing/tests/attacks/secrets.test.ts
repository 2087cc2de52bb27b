import { tipOf } from '@dual-random/draw'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hex, sha256Hash } from '../fixtures.ts'
import { type Attacked, startAttacked } from '../support/attacked.ts'
import { outsider, outsiderRecord, outsideUnit, outsideUnits, secretOf, superiorUnit } from '../support/outside-units.ts'
import { done, drawIdOf } from '../support/steps.ts'

/** What may be tried with the secrets of units outside, by them and by the organiser (docs/draw-protocol.md §21). */
describe('secrets of units', () => {
  let attacked: Attacked
  let units: ReturnType<typeof outsideUnits>
  beforeAll(async () => {
    attacked = await startAttacked()
    units = outsideUnits(attacked.harness)
    expect((await units.enter('key', null, outsiderRecord)).status).toBe(201)
  })
  afterAll(() => attacked.harness.dispose())

  it('attack: a withheld or late reveal. One that is withheld voids the attempt by rule, and the next takes another secret', async () => {
    const { harness, organiser } = attacked
    const line = attacked.line()
    const drawId = drawIdOf(line)
    await units.tip(drawId, secretOf('withheld'))
    done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    harness.moveTo(commitment?.roundAt ?? '')
    expect(await units.refused(units.reveal(drawId, commitment?.digest ?? '', secretOf('withheld')))).toEqual([409, 'reveal-too-late'])
    await harness.service().runSweep('due-draws')
    expect((await organiser.read(drawId)).voided).toEqual({ reason: 'reveal-missing' })
    expect(await attacked.voidInLog(drawId)).toMatchObject({ reason: 'reveal-missing' })
    const second = drawIdOf(line, 2)
    await units.tip(second, secretOf('second'))
    expect((await units.approve(second, '揭示未到')).status).toBe(201)
    done(await organiser.freeze(line, { attempt: 2 }))
    const again = done(await organiser.commit(second)).commitment
    await units.reveal(second, again?.digest ?? '', secretOf('second'))
    harness.moveTo(again?.roundAt ?? '')
    expect(done(await organiser.run(second)).status).toBe('MATCHED')
  })

  it('attack: a withheld or late reveal. One that the witnesses saw only after the deadline counts as withheld', async () => {
    const { harness, organiser } = attacked
    const line = attacked.line()
    const drawId = drawIdOf(line)
    await units.tip(drawId, secretOf(drawId))
    done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    harness.witnesses.beforeCosign = async (kind) => {
      if (kind === 'reveal') throw new Error('cut off')
    }
    expect((await units.reveal(drawId, commitment?.digest ?? '', secretOf(drawId))).status).toBe(201)
    harness.witnesses.beforeCosign = undefined
    harness.moveTo(commitment?.roundAt ?? '')
    expect(done(await organiser.run(drawId)).voided).toEqual({ reason: 'reveal-missing' })
    expect(await attacked.kinds(drawId)).toEqual(['tip', 'snapshot', 'commitment', 'reveal', 'void'])
  })

  it('attack: a replayed tip. Another unit’s tip, or an earlier attempt’s, opens nothing, and whoever gave it voids the attempt', async () => {
    const { harness, organiser } = attacked
    const line = attacked.line()
    const drawId = drawIdOf(line)
    const secret = secretOf('copied')
    const tip = tipOf(sha256Hash, drawId, { unitId: superiorUnit, secret })
    await units.tip(drawId, secret)
    // The same tip under another name: its giver hopes to cancel the secret out when it is revealed.
    const copied = { type: 'dual-random/tip/v1', drawId, unitId: outsideUnit, tip }
    expect((await units.enter('tip', drawId, copied, outsider)).status).toBe(201)
    done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    const s = commitment?.digest ?? ''
    expect((await units.reveal(drawId, s, secret)).status).toBe(201)
    expect(await units.refused(units.reveal(drawId, s, secret, outsideUnit, outsider))).toEqual([409, 'reveal-wrong'])
    harness.moveTo(commitment?.roundAt ?? '')
    expect(done(await organiser.run(drawId)).voided).toEqual({ reason: 'reveal-missing' })

    // An earlier attempt's tip in the next: its giver would reveal what others may know by now.
    const next = attacked.line()
    const [first, second] = [drawIdOf(next), drawIdOf(next, 2)]
    const given = tipOf(sha256Hash, first, { unitId: superiorUnit, secret })
    await units.tip(first, secret)
    done(await organiser.freeze(next))
    done(await organiser.cancel(first, { reason: '计划调整' }))
    const replayed = { type: 'dual-random/tip/v1', drawId: second, unitId: superiorUnit, tip: given }
    expect((await units.enter('tip', second, replayed)).status).toBe(201)
    done(await organiser.freeze(next, { attempt: 2 }))
    const again = done(await organiser.commit(second)).commitment
    expect(await units.refused(units.reveal(second, again?.digest ?? '', secret))).toEqual([409, 'reveal-wrong'])
    harness.moveTo(again?.roundAt ?? '')
    expect(done(await organiser.run(second)).voided).toEqual({ reason: 'reveal-missing' })
  })

  it('attack: a replayed tip. Its signature is for one draw, and one unit gives one tip before the freeze', async () => {
    const { organiser } = attacked
    const line = attacked.line()
    const drawId = drawIdOf(line)
    const record = { type: 'dual-random/tip/v1', drawId, unitId: superiorUnit, tip: hex('1') }
    expect(await units.refused(units.enter('tip', drawIdOf(attacked.line()), record))).toEqual([409, 'entry-bad-signature'])
    await units.tip(drawId, secretOf('first'))
    expect(await units.refused(units.tip(drawId, secretOf('other')))).toEqual([409, 'tip-differs'])
    done(await organiser.freeze(line))
    expect(await units.refused(units.tip(drawId, secretOf('late'), outsideUnit, outsider))).toEqual([409, 'tip-too-late'])
  })

  it('attack: a reveal before S is witnessed. None is entered before S stands, for another S, or by another key', async () => {
    const { harness, organiser } = attacked
    const line = attacked.line()
    const drawId = drawIdOf(line)
    const given = secretOf('given')
    await units.tip(drawId, given)
    done(await organiser.freeze(line))
    expect(await units.refused(units.reveal(drawId, hex('1'), given))).toEqual([409, 'reveal-no-commitment'])
    const { commitment } = done(await organiser.commit(drawId))
    const s = commitment?.digest ?? ''
    expect(await units.refused(units.reveal(drawId, hex('1'), given))).toEqual([409, 'reveal-no-commitment'])
    expect(await units.refused(units.reveal(drawId, s, secretOf('other')))).toEqual([409, 'reveal-wrong'])
    expect(await units.refused(units.reveal(drawId, s, given, superiorUnit, outsider))).toEqual([409, 'entry-unknown-key'])
    expect((await units.reveal(drawId, s, given)).status).toBe(201)
    harness.moveTo(commitment?.roundAt ?? '')
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })
})
