import type { SignedTranscript } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { demoBundle } from '@dual-random/verify/testing'
import { checkpointOf, checkpointsText } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import { commitmentIn, witnessesOf } from './held.ts'

const at = (time: string): Instant => `2026-03-02T${time}Z` as Instant
const deadline = BigInt(Date.parse(at('00:50:00.000')))

/** Checkpoints over entries of these numbers, each with who cosigned it when. */
const fileOf = (...lines: readonly (readonly [seq: number, received: Readonly<Record<string, string>>])[]): string =>
  checkpointsText(
    lines.map(([seq, received]) => ({
      checkpoint: checkpointOf('230300', { seq, head: 'a'.repeat(64) }),
      keyId: 'drawing',
      signature: 'b'.repeat(128),
      cosignatures: Object.entries(received).map(([witnessId, time]) => ({ witnessId, receivedAt: at(time), signature: 'c'.repeat(128) })),
    })),
  )

describe('who held an entry', () => {
  it('DRW-31 is in time at the deadline itself, and late a millisecond after it', () => {
    const file = fileOf([4, { w1: '00:50:00.000', w2: '00:50:00.001', w3: '00:49:59.999' }])
    expect(witnessesOf(file, 4, deadline).holders).toEqual([
      { witnessId: 'w3', heldAt: at('00:49:59.999'), isInTime: true },
      { witnessId: 'w1', heldAt: at('00:50:00.000'), isInTime: true },
      { witnessId: 'w2', heldAt: at('00:50:00.001'), isInTime: false },
    ])
  })

  it('DRW-31 is whoever cosigned a checkpoint at it or after it, not before it', () => {
    const file = fileOf([3, { w1: '00:01:00.000' }], [4, { w2: '00:02:00.000' }], [9, { w3: '00:03:00.000' }])
    const held = (seq: number) => witnessesOf(file, seq, deadline).holders.map(({ witnessId }) => witnessId)
    expect([3, 4, 5, 9, 10].map(held)).toEqual([['w1', 'w2', 'w3'], ['w2', 'w3'], ['w3'], ['w3'], []])
  })

  it('DRW-31 is named once, by the earliest of its instants, whatever their order', () => {
    const file = fileOf([4, { w1: '00:51:00.000', w2: '00:10:00.000' }], [5, { w1: '00:20:00.000', w2: '00:30:00.000' }])
    expect(witnessesOf(file, 4, deadline).holders).toEqual([
      { witnessId: 'w2', heldAt: at('00:10:00.000'), isInTime: true },
      { witnessId: 'w1', heldAt: at('00:20:00.000'), isInTime: true },
    ])
  })

  it('DRW-31 goes by the name of the witness where two held it at one instant', () => {
    const held = witnessesOf(fileOf([4, { w2: '00:10:00.000' }], [5, { w1: '00:10:00.000' }]), 4, deadline)
    expect(held.holders.map(({ witnessId }) => witnessId)).toEqual(['w1', 'w2'])
  })

  it('DRW-31 counts no line that cannot be read, and names each', () => {
    const [first, second] = fileOf([4, { w1: '00:10:00.000' }], [5, { w2: '00:11:00.000' }]).split('\n') as [string, string]
    const undated = second.replace(at('00:11:00.000'), 'yesterday')
    const { holders, unreadable } = witnessesOf([first, 'no JSON', undated, '', ''].join('\n'), 4, deadline)
    expect([holders.map(({ witnessId }) => witnessId), unreadable]).toEqual([['w1'], [2, 3, 4]])
    // One that was cut off, without its line feed.
    expect(witnessesOf(`${first}\n${second.slice(0, -1)}`, 4, deadline).unreadable).toEqual([2])
  })

  it('DRW-31 is nobody in a file without lines', () => {
    expect(witnessesOf('', 0, deadline)).toEqual({ holders: [], unreadable: [] })
  })
})

describe('the entry of S in a region log', () => {
  const { drawId, log, transcript } = demoBundle({ objects: 20 })
  const { entries } = (JSON.parse(transcript) as SignedTranscript).transcript.log
  const seq = entries.find(({ kind }) => kind === 'commitment')?.seq ?? Number.NaN

  it('DRW-31 is the one that the transcript has', () => {
    expect(commitmentIn(log, drawId)).toMatchObject({ entry: { seq }, unreadable: [] })
  })

  it('DRW-31 is not there of another draw, and not before it was entered', () => {
    expect(commitmentIn(log, '0'.repeat(64))).toEqual({ unreadable: [] })
    const before = log
      .split('\n')
      .slice(0, seq)
      .map((line) => `${line}\n`)
    expect(commitmentIn(before.join(''), drawId)).toEqual({ unreadable: [] })
  })

  it('DRW-31 is not taken from a line that cannot be read, which is named', () => {
    expect(commitmentIn(log.replace('"kind":"commitment"', '"kind":"promise"'), drawId)).toEqual({ unreadable: [seq + 1] })
  })
})
