import { describe, expect, it } from 'vitest'
import { redrawPurposes } from './enum-names.ts'
import { countsBesideParent, drawsObjects, purposeName, purposeWord, wirePurpose } from './redraw-purpose.ts'

const refOf = (name: (typeof redrawPurposes.all)[number]) => ({ parentDrawId: 'd', number: 1, purpose: redrawPurposes.toWire(name) })

describe('the purpose of a redraw', () => {
  it.each(redrawPurposes.all)('%s has one word in the protocol and comes back from it', (name) => {
    expect(purposeName(purposeWord(name))).toBe(name)
    expect(redrawPurposes.toName(wirePurpose(purposeWord(name)))).toBe(name)
  })

  it('DRW-14 draws objects unless only inspectors are matched again', () => {
    expect([undefined, refOf('REPLACEMENT'), refOf('ESCALATION'), refOf('REMATCH')].map(drawsObjects)).toEqual([true, true, true, false])
  })

  it('DRW-30 counts beside its parent only where it draws more', () => {
    expect([undefined, refOf('ESCALATION'), refOf('REPLACEMENT'), refOf('REMATCH')].map(countsBesideParent)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
