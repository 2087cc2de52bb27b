import { describe, expect, it } from 'vitest'
import { modeMessage } from './get-plan-line.ts'

describe('the mode of a line on the wire', () => {
  it('DRW-08 is a value of the contract for a statutory mode, and the id for one that the policy defines', () => {
    expect(modeMessage('SINGLE_STATION')).toEqual({ selectionMode: 'SELECTION_MODE_SINGLE_STATION' })
    expect(modeMessage('PATROL')).toEqual({ selectionMode: 'SELECTION_MODE_UNSPECIFIED', furtherMode: 'PATROL' })
  })
})
