import type { InspectorId, LocalDate, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { at, day, newTask } from '../../tests/support/records.ts'
import { type Availability, isFlagged, withAvailability } from './availability.ts'
import { dispatchTask, type Task } from './task.ts'

/** Dispatched for April 2026, with i1 and i2 of one unit. */
const task = dispatchTask(newTask, at('2026-04-01T02:00:00.000Z'), 1).task
const leaver = 'i1' as InspectorId
const heardOn = day('2026-04-10')
const told = (changes: Partial<Availability>): Availability => ({
  inspectorId: leaver,
  unitId: '230300-scj' as UnitId,
  heardOn,
  unavailableFrom: day('2030-01-01'),
  unavailableReason: 'UNQUALIFIED',
  ...changes,
})
const hear = (changes: Partial<Availability>, current: Task = task): Task =>
  withAvailability(current, new Map([[leaver, told(changes)]]))?.task ?? current
const flagOf = (current: Task) => current.team.members[0]?.unavailable
/** The first of these days on which the flag is up. */
const upOn = (current: Task, ...days: readonly LocalDate[]) =>
  days.find((each) => current.team.members.some((member) => isFlagged(current, member, each)))

describe('REG-35 open tasks of an inspector who leaves', () => {
  it('REG-35 a leave within the window flags the task at once, with its day and why, and only that person', () => {
    const flagged = hear({ unavailableFrom: day('2026-04-30'), unavailableReason: 'RETIRED' })
    expect(flagOf(flagged)).toEqual({ reason: 'RETIRED', from: '2026-04-30', flaggedFrom: heardOn })
    expect(flagged.team.members[1]).toEqual(task.team.members[1])
    expect(upOn(flagged, day('2026-04-09'), heardOn)).toBe(heardOn)
  })

  it('REG-35 a leave after the window flags what is still open on the day itself, not the day before', () => {
    const flagged = hear({ unavailableFrom: day('2026-05-01'), unavailableReason: 'SUSPENDED' })
    expect(upOn(flagged, heardOn, day('2026-04-30'), day('2026-05-01'))).toBe('2026-05-01')
    expect(upOn({ ...flagged, status: 'COMPLETED' }, day('2026-05-01'))).toBeUndefined()
  })

  it('REG-35 a certificate that lapses flags from the day after its last', () => {
    expect(upOn(hear({}), day('2029-12-31'), day('2030-01-01'))).toBe('2030-01-01')
  })

  it('REG-35 a day that has passed before it was heard keeps its date', () => {
    expect(flagOf(hear({ unavailableFrom: day('2026-04-05'), unavailableReason: 'LEFT' }))).toMatchObject({
      from: '2026-04-05',
      flaggedFrom: '2026-04-05',
    })
  })

  it('REG-35 who is taken over by another unit stays flagged as transferred, whatever the new post, and no more when back', () => {
    const fire = { unitId: '230300-xfj' as UnitId }
    const transferred = hear({ unavailableFrom: day('2026-04-08'), unavailableReason: 'TRANSFERRED' })
    expect(flagOf(hear(fire, transferred))).toEqual(flagOf(transferred))
    expect(flagOf(hear(fire))).toMatchObject({ reason: 'TRANSFERRED', from: heardOn })
    expect(flagOf(hear({ unavailableFrom: undefined as never, unavailableReason: undefined as never }, transferred))).toBeUndefined()
  })

  it('REG-35 who comes back only after the window is not there for it; who comes back within it is', () => {
    const suspended = hear({ unavailableFrom: day('2026-04-02'), unavailableReason: 'SUSPENDED' })
    expect(flagOf(hear({ availableFrom: day('2026-05-01') }, suspended))).toMatchObject({ reason: 'NOT_IN_POST' })
    expect(flagOf(hear({ availableFrom: day('2026-04-30') }, suspended))).toMatchObject({ reason: 'UNQUALIFIED', from: '2030-01-01' })
  })

  it('REG-35 the same heard again changes nothing, and a completed task is left alone', () => {
    const leaving = { unavailableFrom: day('2026-04-30'), unavailableReason: 'RETIRED' } as const
    const flagged = hear(leaving)
    expect(withAvailability(flagged, new Map([[leaver, told({ ...leaving, heardOn: day('2026-04-20') })]]))).toBeUndefined()
    expect(withAvailability({ ...task, status: 'COMPLETED' }, new Map([[leaver, told(leaving)]]))).toBeUndefined()
    expect(withAvailability(task, new Map([['i9' as InspectorId, told(leaving)]]))).toBeUndefined()
  })
})
