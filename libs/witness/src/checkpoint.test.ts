import { ed25519Verify } from '@dual-random/beacon'
import { canonicalJson } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import {
  checkpointOf,
  checkpointsText,
  cosign,
  isCheckpointSigned,
  isCosigned,
  parseCosignature,
  parseCosignedCheckpoint,
  parseSignedCheckpoint,
} from './checkpoint.ts'
import { at, hash, keyOf, LogBuilder, regionCode } from './testing/index.ts'
import { witnessedAt } from './witnessed.ts'

const signed = new LogBuilder().snapshot().checkpoint()
const { checkpoint } = signed
const byWitness = (witnessId: string, time = '00:20:00') =>
  cosign(hash, checkpoint, { witnessId, receivedAt: at(time) }, keyOf(witnessId).sign)

it('signs region, number and head: each changed one is another checkpoint', () => {
  const { publicKey } = keyOf('drawing')
  expect(isCheckpointSigned(hash, signed, publicKey, ed25519Verify)).toBe(true)
  for (const changes of [{ regionCode: '230400' }, { seq: 2 }, { head: '0'.repeat(64) }]) {
    expect(isCheckpointSigned(hash, { ...signed, checkpoint: { ...checkpoint, ...changes } }, publicKey, ed25519Verify)).toBe(false)
  }
  expect(isCheckpointSigned(hash, { ...signed, signature: 'zz' }, publicKey, ed25519Verify)).toBe(false)
})

it('signs who saw it and when', () => {
  const cosignature = byWitness('w1')
  const holds = (changed: object, of = checkpoint) => isCosigned(hash, of, { ...cosignature, ...changed }, keyOf('w1'), ed25519Verify)
  expect(holds({})).toBe(true)
  expect(holds({ receivedAt: at('00:20:01') })).toBe(false)
  expect(holds({ witnessId: 'w2' })).toBe(false)
  expect(holds({}, checkpointOf(regionCode, { seq: 0, head: checkpoint.head }))).toBe(false)
  expect(isCosigned(hash, checkpoint, cosignature, keyOf('w2'), ed25519Verify)).toBe(false)
})

it('reads back what it wrote, cosignatures ascending', () => {
  const text = checkpointsText([{ ...signed, cosignatures: [byWitness('w2'), byWitness('w1')] }])
  const read = parseCosignedCheckpoint(text.trimEnd())
  expect(read).toEqual({ ok: true, value: { ...signed, cosignatures: [byWitness('w1'), byWitness('w2')] } })
  expect(parseSignedCheckpoint(canonicalJson(signed))).toEqual({ ok: true, value: signed })
  expect(parseCosignature(canonicalJson(byWitness('w1')))).toEqual({ ok: true, value: byWitness('w1') })
})

it('names where a text is malformed', () => {
  expect(parseSignedCheckpoint(canonicalJson({ ...signed, signature: 'x' }))).toMatchObject({ ok: false, error: { pointer: '/signature' } })
  expect(parseCosignature(canonicalJson({ ...byWitness('w1'), receivedAt: 'yesterday' }))).toMatchObject({
    ok: false,
    error: { pointer: '/receivedAt' },
  })
  expect(parseCosignature(`${canonicalJson(byWitness('w1'))} `)).toMatchObject({
    ok: false,
    error: { reason: expect.stringContaining('RFC 8785') as string },
  })
})

const line = (seq: number, ...seen: readonly (readonly [string, string])[]) => ({
  ...signed,
  checkpoint: { ...checkpoint, seq },
  cosignatures: seen.map(([witnessId, time]) => byWitness(witnessId, time)),
})

it('is witnessed when the last of the fastest quorum saw it, whichever checkpoint each of them saw', () => {
  const checkpoints = [
    line(1, ['w1', '00:01:00']),
    line(2, ['w1', '00:02:00'], ['w2', '00:02:30']),
    line(4, ['w2', '00:04:00'], ['w3', '00:05:00'], ['w4', '00:06:00']),
  ]
  expect(witnessedAt(checkpoints, 1, 3)).toBe(at('00:05:00'))
  expect(witnessedAt(checkpoints, 1, 2)).toBe(at('00:02:30'))
  expect(witnessedAt(checkpoints, 2, 1)).toBe(at('00:02:00'))
  expect(witnessedAt(checkpoints, 3, 3)).toBe(at('00:06:00'))
  expect(witnessedAt(checkpoints, 3, 4)).toBeUndefined()
  expect(witnessedAt(checkpoints, 5, 1)).toBeUndefined()
})

it('does not count one witness twice', () => {
  const checkpoints = [line(1, ['w1', '00:01:00']), line(2, ['w1', '00:02:00']), line(3, ['w1', '00:03:00'])]
  expect(witnessedAt(checkpoints, 1, 2)).toBeUndefined()
})
