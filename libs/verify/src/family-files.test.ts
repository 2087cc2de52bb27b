import { deriveDrawId } from '@dual-random/draw'
import { expect, it } from 'vitest'
import { hashNamed } from '../tests/index.ts'
import { earlierCommitmentsOf, familyFilesOf } from './family-files.ts'

it('DRW-30 names transcript and S of every draw before a redraw, and the parent’s roster alone', () => {
  expect(familyFilesOf({ parentDrawId: 'bb', after: [{ drawId: 'aa' }, { drawId: 'bb' }] })).toEqual([
    { name: 'transcript-aa.json', part: 'transcript', drawId: 'aa' },
    { name: 'commitment-aa.json', part: 'commitment', drawId: 'aa' },
    { name: 'transcript-bb.json', part: 'transcript', drawId: 'bb' },
    { name: 'commitment-bb.json', part: 'commitment', drawId: 'bb' },
    { name: 'rosters/bb.ndjson', part: 'roster', drawId: 'bb' },
  ])
})

it('DRW-26 DRW-30 names the roster of the city that draws again, where several drew', () => {
  const files = familyFilesOf({ parentDrawId: 'bb', after: [{ drawId: 'bb' }] }, '230400')
  expect(files.at(-1)).toEqual({ name: 'rosters/bb-230400.ndjson', part: 'roster', drawId: 'bb', regionCode: '230400' })
  expect(files).toHaveLength(3)
})

it('DRW-31 names S of every attempt before, the last first, and no more than anybody needs', () => {
  const hash = hashNamed('sha256')
  const name = { regionCode: '230300', subject: { kind: 'clue-task', taskId: 't' }, batch: 2 } as const
  const namesOf = (attempt: number) => earlierCommitmentsOf(hash, { ...name, attempt }).map((file) => file.name)
  const nameOf = (attempt: number) => `commitment-${deriveDrawId(hash, { ...name, attempt })}.json`
  expect([namesOf(1), namesOf(3)]).toEqual([[], [nameOf(2), nameOf(1)]])
  expect(namesOf(2 ** 53 - 1)).toHaveLength(100)
})
