import { createHash } from 'node:crypto'
import type { DrawId, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { hex } from '../../tests/fixtures.ts'
import { afterTaskEvent, outcomeOf, taskIdOf } from './outcomes.ts'

describe('outcomes', () => {
  it('finds the tasks that inspection derives from the draw', () => {
    const item = (text: string) => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)])
    const bytes = Buffer.concat(['task', hex('a'), hex('b'), '230300-scj'].map(item))
    expect(taskIdOf(hex('a') as DrawId, hex('b'), '230300-scj' as UnitId)).toBe(
      createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    )
  })

  it('calls a label visited once one unit has completed its task, and else says why not', () => {
    const done = { completed: true }
    const open = { completed: false }
    const lapsed = { completed: false, lapsed: 'ENTRY_MISSING' }
    expect(outcomeOf('l', [open, done])).toEqual({ label: 'l', outcome: 'VISITED' })
    expect(outcomeOf('l', [open, lapsed])).toEqual({ label: 'l', outcome: 'NOT_VISITED', reason: 'ENTRY_MISSING' })
    const two = ['PUBLICATION_MISSING', 'ENTRY_MISSING'].map((reason) => ({ completed: false, lapsed: reason }))
    expect(outcomeOf('l', two)).toMatchObject({ reason: 'ENTRY_MISSING' })
    expect(outcomeOf('l', two.toReversed())).toMatchObject({ reason: 'ENTRY_MISSING' })
    expect(afterTaskEvent(undefined, { lapsed: 'REPLACED' })).toEqual({ completed: false, lapsed: 'REPLACED' })
    expect(outcomeOf('l', [open])).toEqual({ label: 'l', outcome: 'NOT_VISITED', reason: 'NO_RESULT' })
    expect(outcomeOf('l', [])).toEqual({ label: 'l', outcome: 'NOT_VISITED', reason: 'NO_TASK' })
  })

  it('keeps a completion when the task lapses afterwards', () => {
    const task = afterTaskEvent(afterTaskEvent(afterTaskEvent(undefined, {}), { completed: true }), { lapsed: 'PUBLICATION_MISSING' })
    expect(afterTaskEvent(task, {})).toEqual({ completed: true, lapsed: 'PUBLICATION_MISSING' })
    expect(outcomeOf('l', [task])).toMatchObject({ outcome: 'VISITED' })
  })
})
