import { canonicalJson } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { beaconKeyAgeOf, type KeysFile, keysFileName, keysFileText, leastMarginOf, parseKeysFile, parseNamedKeysFile } from './keys-file.ts'
import { keysFileWords } from './keys-file-words.ts'
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
  expect(read({ quorum: 5 })).toEqual({ code: 'malformed', pointer: '/quorum', reason: 'more than there are witnesses' })
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

it('DRW-32 lets who pins say how long a beacon key stands in the log, and asks for 30 days where it does not', () => {
  const age = (beaconKeyAgeSeconds: number): unknown => {
    const parsed = parseKeysFile(keysFileText({ ...keysFile, beaconKeyAgeSeconds }))
    return parsed.ok ? beaconKeyAgeOf(parsed.value) : parsed.error
  }
  expect(beaconKeyAgeOf(keysFile)).toBe(30 * 86_400)
  expect(beaconKeyAgeOf(undefined)).toBe(30 * 86_400)
  for (const seconds of [0, 30, 315_360_000]) expect(age(seconds)).toBe(seconds)
  for (const seconds of [-1, 315_360_001]) expect(age(seconds)).toMatchObject({ code: 'malformed', pointer: '/beaconKeyAgeSeconds' })
  expect(age(315_360_001)).toMatchObject({ reason: 'more than 315360000' })
  expect(parseKeysFile(canonicalJson({ ...keysFile, beaconKeyAgeSeconds: '30' }))).toMatchObject({
    error: { pointer: '/beaconKeyAgeSeconds' },
  })
})

it('DRW-32 lets who pins say what margin S leaves at least, and asks for 600 seconds where it does not', () => {
  const margin = (leastMarginSeconds: number): unknown => {
    const parsed = parseKeysFile(keysFileText({ ...keysFile, leastMarginSeconds }))
    return parsed.ok ? leastMarginOf(parsed.value) : parsed.error
  }
  expect([leastMarginOf(keysFile), leastMarginOf(undefined)]).toEqual([600, 600])
  for (const seconds of [0, 20, 86_400]) expect(margin(seconds)).toBe(seconds)
  for (const seconds of [-1, 86_401]) expect(margin(seconds)).toMatchObject({ code: 'malformed', pointer: '/leastMarginSeconds' })
  expect(margin(86_401)).toMatchObject({ reason: 'more than 86400' })
})

it('names what is malformed', () => {
  expect(read({ more: 1 })).toMatchObject({ code: 'malformed' })
  expect(read({ genesis: 'ABC' })).toMatchObject({ code: 'malformed', pointer: '/genesis' })
  expect(parseKeysFile('{ }')).toMatchObject({ ok: false, error: { code: 'malformed', pointer: '' } })
  for (const text of ['null', '[]', '"beaconKeyAgeSeconds"', '1', 'true'])
    expect(parseKeysFile(text)).toEqual({ ok: false, error: { code: 'malformed', pointer: '', reason: 'not an object' } })
})

it('is of a log by one of the two hashes', () => {
  for (const hash of ['sha256', 'sm3'] as const) expect(read({ hash })).toBe('accepted')
  expect(read({ hash: 'md5' as never })).toMatchObject({ code: 'malformed', pointer: '/hash' })
})

it('is of the region that its name says, and tells its right name', () => {
  const text = keysFileText(keysFile)
  expect(keysFileName(keysFile.regionCode)).toBe('keys-110101.json')
  expect(parseNamedKeysFile('keys-110101.json', text)).toEqual({ ok: true, value: keysFile })
  const other = parseNamedKeysFile('keys-230300.json', text)
  expect(other).toEqual({ ok: false, error: { code: 'other-region', regionCode: '110101', name: 'keys-110101.json' } })
  expect(parseNamedKeysFile('keys-110101.json', '{}')).toMatchObject({ ok: false, error: { code: 'malformed' } })
})

it.each([
  [{ more: 1 }, '/more'],
  [{ quorum: 2 }, '3'],
  [{ witnesses: witnesses(4).toReversed() }, '/witnesses/1'],
  [{ superior: { ...keysFile.superior, publicKey: keyOf('w2').publicKey } }, '/witnesses/1'],
])('says in both languages where %o is wrong', (changes, place) => {
  const parsed = parseKeysFile(canonicalJson({ ...keysFile, ...changes }))
  const { zh, en } = parsed.ok ? { zh: '', en: '' } : keysFileWords(parsed.error)
  expect([zh, en]).toEqual([expect.stringContaining(place), expect.stringContaining(place)])
})

it('says each of the things that may be wrong in words of its own', () => {
  const said = (
    [
      { code: 'malformed', pointer: '', reason: 'REASON' },
      { code: 'quorum-too-small', atLeast: 3 },
      { code: 'not-ascending', pointer: '/witnesses/1' },
      { code: 'key-twice', pointer: '/witnesses/1' },
      { code: 'other-region', regionCode: '110101', name: 'keys-110101.json' },
    ] as const
  ).map((error) => keysFileWords(error))
  for (const language of ['zh', 'en'] as const) expect(new Set(said.map((words) => words[language])).size).toBe(5)
  const [root, , , , region] = said
  for (const language of ['zh', 'en'] as const) {
    expect(root?.[language]).toMatch(/^\/: .*REASON/)
    expect(region?.[language]).toMatch(/110101.*keys-110101\.json/)
  }
})
