import type { LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { completeTask, type TaskContribution } from './contributions.ts'

const date = (text: string): LocalDate => text as LocalDate

describe('contributions', () => {
  it('INS-25 a lapsed task stays not completed, its visit took place', () => {
    const task: TaskContribution = {
      regionCode: '230300',
      unitId: '230300-scj',
      visitId: 'v',
      planType: 'INTERNAL',
      status: 'OPEN',
      windowStart: date('2026-04-01'),
    }
    const done = { visitId: 'w', checkedOn: date('2026-04-08'), completedOn: date('2026-04-10') }
    expect(completeTask(task, done)).toEqual({ ...task, ...done, status: 'COMPLETED' })
    expect(completeTask({ ...task, status: 'LAPSED' }, done)).toEqual({ ...task, ...done, status: 'LAPSED' })
  })
})
