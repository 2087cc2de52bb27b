import { canonicalJson } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { type KeysFile, keysFileText, parseKeysFile } from './keys-file.ts'
import { keyOf, keysFile } from './testing/index.ts'

const read = (changes: Partial<KeysFile> & Record<string, unknown> = {}): unknown => {
  const parsed = parseKeysFile(canonicalJson({ ...keysFile, ...changes }))
  return parsed.ok ? 'accepted' : parsed.error
}
const witnesses = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ witnessId: `w${index + 1}`, publicKey: keyOf(`w${index + 1}`).publicKey }))

it('reads what it wrote, with and without the LF at the end', () => {
  expect(parseKeysFile(keysFileText(keysFile))).toEqual({ ok: true, value: keysFile })
  expect(parseKeysFile(keysFileText(keysFile).trimEnd())).toEqual({ ok: true, value: keysFile })
})

it.each([
  [4, 1, 3],
  [3, 1, 3],
  [5, 1, 4],
  [7, 2, 5],
])('of %i witnesses with %i bad ones asks for a quorum of %i', (count, tolerated, atLeast) => {
  expect(read({ witnesses: witnesses(count), tolerated, quorum: atLeast })).toBe('accepted')
  expect(read({ witnesses: witnesses(count), tolerated, quorum: atLeast - 1 })).toEqual({ code: 'quorum-too-small', atLeast })
})

it('refuses more in a quorum than there are, and no bad witness at all', () => {
  expect(read({ quorum: 5 })).toMatchObject({ code: 'malformed', pointer: '/quorum' })
  expect(read({ tolerated: 0 })).toMatchObject({ code: 'malformed', pointer: '/tolerated' })
})

it('refuses witnesses out of order or twice, and a key held twice', () => {
  const [one, two, ...rest] = witnesses(4) as [never, never, ...never[]]
  expect(read({ witnesses: [two, one, ...rest] })).toEqual({ code: 'not-ascending', pointer: '/witnesses/1' })
  expect(read({ witnesses: [one, one, ...rest] })).toEqual({ code: 'not-ascending', pointer: '/witnesses/1' })
  const same = [one, { witnessId: 'w2', publicKey: keyOf('w1').publicKey }, ...rest]
  expect(read({ witnesses: same })).toEqual({ code: 'key-twice', pointer: '/witnesses/1' })
  const superiors = [...(witnesses(3) as never[]), { witnessId: 'w4', publicKey: keysFile.superior.publicKey }]
  expect(read({ witnesses: superiors })).toEqual({ code: 'key-twice', pointer: '/witnesses/3' })
})

it('names what is malformed', () => {
  expect(read({ more: 1 })).toMatchObject({ code: 'malformed' })
  expect(read({ genesis: 'ABC' })).toMatchObject({ code: 'malformed', pointer: '/genesis' })
  expect(parseKeysFile('{ }')).toMatchObject({ ok: false, error: { code: 'malformed', pointer: '' } })
})
