import { expect, it } from 'vitest'
import { familyFilesOf } from './family-files.ts'

it('DRW-30 names transcript and S of every draw before a redraw, and the parent’s roster alone', () => {
  expect(familyFilesOf({ parentDrawId: 'bb', after: [{ drawId: 'aa' }, { drawId: 'bb' }] })).toEqual([
    { name: 'transcript-aa.json', part: 'transcript', drawId: 'aa' },
    { name: 'commitment-aa.json', part: 'commitment', drawId: 'aa' },
    { name: 'transcript-bb.json', part: 'transcript', drawId: 'bb' },
    { name: 'commitment-bb.json', part: 'commitment', drawId: 'bb' },
    { name: 'rosters/bb.ndjson', part: 'roster', drawId: 'bb' },
  ])
})
