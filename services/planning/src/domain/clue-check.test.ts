import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { caseClue, openClue } from '../../tests/support/clues.ts'
import { type CheckTask, checkOfClue } from './clue-check.ts'

const task: CheckTask = {
  taskId: 'task-1',
  regionCode: '230300' as RegionCode,
  status: 'COMPLETED',
  objectCode: '91230300MA0000001X',
}
const outcome = (clue: Parameters<typeof checkOfClue>[0], changes: object = {}) => {
  const judged = checkOfClue(clue, { ...task, ...changes })
  return judged.ok ? 'checked' : judged.error
}

describe('the check of a clue', () => {
  it('TGT-15 is a completed one', () => {
    expect(outcome(caseClue('c1'))).toBe('checked')
    for (const status of ['OPEN', 'SUSPENDED', 'WITHDRAWN'])
      expect(outcome(caseClue('c1'), { status, objectCode: 'x' })).toEqual({ code: 'clue-check-not-completed', taskId: 'task-1', status })
  })

  it('TGT-15 is in its region or below', () => {
    expect(outcome(caseClue('c1'), { regionCode: '230302' })).toBe('checked')
    for (const regionCode of ['230400', '230000'])
      expect(outcome(caseClue('c1'), { regionCode })).toEqual({ code: 'clue-of-another-region', clueId: 'c1', regionCode: '230300' })
  })

  it('TGT-15 is at the object of a case clue, of one about a group at any', () => {
    expect(outcome(caseClue('c1'), { objectCode: '91230300MA0000002X' })).toEqual({ code: 'clue-of-another-object', clueId: 'c1' })
    expect(outcome(openClue('c1'), { objectCode: '91230300MA0000002X' })).toBe('checked')
  })
})
