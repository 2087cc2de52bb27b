import type { ObjectId, TaskId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { task } from '../../tests/support/records.ts'
import { findingTally } from './problem-finding.ts'
import type { Task } from './task.ts'

const checked = (taskId: string, grade?: string): Task => {
  const { grade: _grade, ...object } = task.object
  return {
    ...task,
    taskId: taskId as TaskId,
    object: { ...object, objectId: `o-${taskId}` as ObjectId, ...(grade === undefined ? {} : { grade }) },
  }
}

describe('problem finding', () => {
  it('TGT-23 is the share of checks that found a problem, per grade and mode; a check counts once however many results it has', () => {
    const tally = findingTally(new Set(['t1', 't4', 'elsewhere']))
    for (const each of [checked('t1', 'D'), checked('t2', 'D'), checked('t3', 'A'), checked('t4')]) tally.add(each)
    const opening = {
      ground: 'KEY_LIST_MATTER',
      mode: 'KEY_SUPERVISION',
      matter: '电梯',
      by: 'd',
      at: task.trace[0]?.at,
    } as Task['opening']
    tally.add({ ...checked('t5', 'D'), ...(opening === undefined ? {} : { opening }) })
    expect(tally.rates()).toEqual([
      { supervisionMode: 'DOUBLE_RANDOM', checks: 1, found: 1, rate: '100%' },
      { supervisionMode: 'DOUBLE_RANDOM', grade: 'A', checks: 1, found: 0, rate: '0%' },
      { supervisionMode: 'DOUBLE_RANDOM', grade: 'D', checks: 2, found: 1, rate: '50%' },
      { supervisionMode: 'KEY_SUPERVISION', grade: 'D', checks: 1, found: 0, rate: '0%' },
    ])
  })
})
