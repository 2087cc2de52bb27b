import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callWith } from '../../tests/support/called.ts'

/** draft-thomson-elegy-vrs, Example Usage; see tests/vectors/draw/README.md. */
const published = JSON.parse(readFileSync(new URL('../../../../tests/vectors/draw/elegy-vrs.json', import.meta.url), 'utf8')) as {
  readonly randomness: string
  readonly iterations: readonly {
    readonly code: string
    readonly labels: readonly { readonly label: string; readonly ticketHead: string }[]
  }[]
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const rank = (input: readonly Uint8Array[], ...words: readonly string[]) =>
  callWith(input, 'draw', 'rank', '--code', '00', '--randomness', 'r', '--ids', '-', ...words)
/** The algorithm written down again, by createHmac. */
const ticketOf = (hash: string, code: string, randomness: string, id: string): string => {
  const key = createHmac(hash, Buffer.from(code, 'hex')).update(randomness).digest()
  return createHmac(hash, key).update(`${id}\u0001`).digest('hex')
}

describe('draw rank', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ids-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('DRW-31 DRW-30 reproduces the substitution example of draft-thomson-elegy-vrs: two iterations, nine labels', async () => {
    expect(published.iterations.map(({ labels }) => labels.length)).toEqual([6, 3])
    for (const [index, { code, labels }] of published.iterations.entries()) {
      const file = join(folder, `iteration-${index}`)
      writeFileSync(
        file,
        labels
          .map(({ label }) => `${label}\n`)
          .toSorted()
          .join(''),
      )
      const { exitCode, out, err } = await call({}, 'draw', 'rank', '--code', code, '--randomness', published.randomness, '--ids', file)
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] })
      expect(out.map((line) => line.split(' ')[1])).toEqual(labels.map(({ label }) => label))
      for (const [place, { ticketHead }] of labels.entries()) expect(out[place]?.startsWith(ticketHead)).toBe(true)
      expect(out.every((line) => /^[0-9a-f]{64} \w+$/.test(line))).toBe(true)
    }
  })

  it.each(['sha256', 'sm3'])('DRW-31 ranks under %s, whatever the order and the chunks of the input', async (hash) => {
    const ids = Array.from({ length: 300 }, (_, index) => `企业 ${index}`)
    const expected = ids.map((id) => `${ticketOf(hash, 'AB01', '2026-03-02', id)} ${id}`).toSorted()
    const words = ['draw', 'rank', '--code', 'AB01', '--randomness', '2026-03-02', '--hash', hash, '--ids', '-']
    const whole = bytes(`${ids.toReversed().join('\n')}\n`)
    expect(await callWith([whole], ...words)).toEqual({ exitCode: 0, out: expected, err: [] })
    // Cut inside characters and at line ends.
    const chunks = Array.from({ length: Math.ceil(whole.length / 7) }, (_, index) => whole.subarray(7 * index, 7 * index + 7))
    expect((await callWith(chunks, ...words)).out).toEqual(expected)
  })

  it('takes a last line without LF, and nothing at all', async () => {
    expect((await rank([bytes('a\nb')])).out).toHaveLength(2)
    expect((await rank([bytes('a\nb\n')])).out).toHaveLength(2)
    expect(await rank([])).toEqual({ exitCode: 0, out: [], err: [] })
  })

  it('answers in JSON', async () => {
    const { out } = await rank([bytes('a')], '--json')
    expect(out.map((line) => JSON.parse(line) as unknown)).toEqual([{ ticket: ticketOf('sha256', '00', 'r', 'a'), id: 'a' }])
  })

  it.each([
    ['empty', bytes('a\n\nb\n'), '2', '空行'],
    ['two at the end', bytes('a\n\n'), '2', '空行'],
    ['a duplicate', bytes('a\nb\na\n'), '3', '与第 1 行相同'],
    ['not UTF-8', Uint8Array.of(0x61, 0x0a, 0xff, 0x0a), '2', 'not UTF-8'],
    ['a cut character', Uint8Array.of(0xe4, 0xbc, 0x0a), '1', 'not UTF-8'],
    ['a CR', bytes('a\r\nb\n'), '1', 'CR'],
    ['a BOM', bytes('\uFEFFa\nb\n'), '1', 'BOM'],
  ])('names the line that is %s, and ranks nothing', async (_, input, line, what) => {
    const { exitCode, out, err } = await rank([input])
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: [] })
    expect(err[0]).toContain(`第 ${line} 行 / line ${line}: `)
    expect(err[0]).toContain(what)
    expect(err).toHaveLength(2)
  })

  it('names every bad line in order, and only so many of very many', async () => {
    const { err } = await rank([bytes('a\n\na\n\r\na\n')])
    expect(err.map((line) => /line (\d+):/.exec(line)?.[1])).toEqual(['2', '3', '4', '5', undefined])
    const many = await rank([bytes('\n'.repeat(30))])
    expect(many.err).toHaveLength(21)
    expect(many.err.at(-1)).toContain('10 of them not named')
    expect((await rank([bytes('\n')], '--json')).err[0]).toBe('{"line":1,"code":"empty"}')
  })

  it.each([
    [['--randomness', 'r', '--ids', '-'], '--code'],
    [['--code', '0', '--randomness', 'r', '--ids', '-'], '--code'],
    [['--code', 'xy', '--randomness', 'r', '--ids', '-'], '--code'],
    [['--code', '00', '--ids', '-'], '--randomness'],
    [['--code', '00', '--randomness', 'r'], '--ids'],
    [['--code', '00', '--randomness', 'r', '--ids', '/nowhere/ids'], '--ids'],
    [['--code', '00', '--randomness', 'r', '--ids', '-', '--hash', 'md5'], '--hash'],
  ])('refuses %j', async (words, name) => {
    const { exitCode, out, err } = await callWith([], 'draw', 'rank', ...words)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] })
    expect(err.filter((line) => line.startsWith(name))).toHaveLength(1)
  })
})
