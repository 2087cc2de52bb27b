import { deriveDrawId } from '@dual-random/draw'
import { describe, expect, it } from 'vitest'
import { nodeHash } from '../draws/node-crypto.ts'
import { checkGroups, diagnose } from './check-groups.ts'
import { groupsOf, paperHtml, paperText, valueOf } from './paper.ts'
import type { KeptSecret } from './secrets-file.ts'
import { drawIdOf, placeOf, type Target } from './target.ts'
import { readTyped } from './typed-paper.ts'

const secretOf = (number: number): string => Buffer.from(nodeHash('sha256').digest(new Uint8Array([number, number >> 8]))).toString('hex')

const kept = (number: number, change: Partial<KeptSecret> = {}): KeptSecret => {
  const at = { regionCode: '230300', planId: 'plan-1', lineId: `L${number}`, batch: 1, attempt: 1, ...change }
  const { planId, lineId, batch, attempt, regionCode } = at
  const drawId = deriveDrawId(nodeHash('sha256'), { regionCode, subject: { kind: 'plan-line', planId, lineId }, batch, attempt })
  const unit = { type: 'secret', unitId: '230000-sft', hash: 'sha256', madeAt: '2026-01-05T00:00:00.000Z' } as const
  return { ...unit, ...at, drawId, secret: secretOf(number), ...change }
}

const restored = ({ type: _type, madeAt: _madeAt, ...rest }: KeptSecret) => rest
const faultsOf = (content: string) => readTyped(content).faults.map(({ row, problem }) => [row, problem.en])

describe('check groups', () => {
  const groups = groupsOf(secretOf(1) + secretOf(2))
    .slice(0, 18)
    .map(valueOf)
  const checks = checkGroups(groups)

  it('name each single group that is wrong, the check groups too, and what it should be', () => {
    expect(diagnose(groups, checks)).toEqual({ kind: 'right' })
    for (const [index, value] of groups.entries()) {
      for (const error of [1, 0x8000, 0x0ff0, 0xffff]) {
        expect(diagnose(groups.with(index, value ^ error), checks)).toEqual({ kind: 'wrong', index, expected: value })
      }
    }
    expect(diagnose(groups, [checks[0] ^ 9, checks[1]])).toEqual({ kind: 'wrong', index: 18, expected: checks[0] })
    expect(diagnose(groups, [checks[0], checks[1] ^ 9])).toEqual({ kind: 'wrong', index: 19, expected: checks[1] })
  })

  it('name two neighbours that are exchanged, and notice any two', () => {
    for (const [first, one] of groups.slice(0, -1).entries()) {
      const second = first + 1
      const found = diagnose(groups.with(first, groups[second] ?? 0).with(second, one), checks)
      expect(found).toEqual({ kind: 'exchanged', first, second })
    }
    for (const [first, one] of groups.entries()) {
      for (const [second, other] of groups.entries()) {
        const found = diagnose(groups.with(first, other).with(second, one), checks)
        expect(found.kind).toBe(first === second ? 'right' : 'exchanged')
      }
    }
  })

  it('notice several wrong groups', () => {
    expect(diagnose(groups.with(3, 1).with(9, 2).with(11, 3), checks)).toEqual({ kind: 'several' })
  })
})

describe('a paper backup', () => {
  const many = Array.from({ length: 95 }, (_, index) => kept(index, index < 50 ? {} : { planId: 'plan-2', attempt: 2 }))

  it('comes back as it was, over pages and plans, and from what a browser prints', () => {
    const { secrets, faults } = readTyped(paperText(many))
    expect(faults).toEqual([])
    expect(secrets).toEqual(many.map(restored))
    expect(paperText(many).split('\f')).toHaveLength(3)
    const printed = paperHtml(many).replaceAll(/<style>.*<\/style>|<title>.*<\/title>|<[^>]*>/g, '\n')
    expect(readTyped(printed)).toEqual({ secrets: many.map(restored), faults: [] })
  })

  it('has tasks on clues and redraws beside plan lines, each under its own heading, and names one that is none', () => {
    const parentDrawId = 'ab'.repeat(32)
    const targets: readonly Target[] = [
      { planId: 'plan-1', lineId: 'L1', batch: 1, attempt: 1 },
      { taskId: 'task-1', batch: 1, attempt: 1 },
      { taskId: 'task-1', batch: 2, attempt: 1 },
      { parentDrawId, number: 1, attempt: 1 },
      { parentDrawId, number: 1, attempt: 2 },
    ]
    const all = targets.map((target, number): KeptSecret => {
      const unit = { type: 'secret', unitId: '230000-sft', regionCode: '230300', hash: 'sm3', madeAt: '2026-01-05T00:00:00.000Z' } as const
      return { ...unit, ...target, drawId: drawIdOf('sm3', '230300', target), secret: secretOf(number) }
    })
    expect(new Set(all.map(({ drawId }) => drawId)).size).toBe(all.length)
    const printed = paperText(all)
    expect(printed.match(/^(?:plan|task|redraw) .*$/gm)).toEqual(['plan plan-1', 'task task-1', `redraw ${parentDrawId}`])
    expect(readTyped(printed)).toEqual({ secrets: all.map(restored), faults: [] })
    expect(faultsOf(printed.replace('task task-1', 'task task-2')).map(([row]) => row)).toEqual(['2', '3'])
    expect(faultsOf(printed.replace(`redraw ${parentDrawId}`, 'redraw abc')).map(([row]) => row)).toEqual(['4', '5'])
    expect(faultsOf(printed.replace('task task-1', 'task a b'))[0]).toEqual([undefined, 'not as task and its id'])
    expect(faultsOf(printed.replace(/^2 - /m, '2 L '))).toEqual([['2', 'line, batch or attempt is none']])
  })

  it('is read with capitals, more spaces, CR, and O, I and l for the figures they look like', () => {
    const typed = paperText([kept(1)])
      .split('\n')
      .map((line) =>
        /^\d/.test(line)
          ? line
              .toUpperCase()
              .replaceAll(' ', '  ')
              .replace(/(?<=\s\S{4}\s.*)0/g, 'O')
          : line,
      )
      .join('\r\n')
    expect(readTyped(typed).secrets).toEqual([restored(kept(1))])
  })

  it('names the row and the group that is wrong, and gives the rows that hold', () => {
    const lines = paperText([kept(1), kept(2), kept(3)]).split('\n')
    const change = (group: number, to: string): string =>
      lines
        .map((line) =>
          line.startsWith('2 ')
            ? line
                .split(' ')
                .with(4 + group, to)
                .join(' ')
            : line,
        )
        .join('\n')
    const right = secretOf(2)
    expect(readTyped(change(3, '0000')).secrets.map((one) => placeOf(one)[0])).toEqual(['L1', 'L3'])
    expect(faultsOf(change(3, '0000'))).toEqual([['2', `group 3 is wrong; if it alone is, it reads ${right.slice(8, 12)}`]])
    expect(faultsOf(change(16, 'xyz1'))).toEqual([['2', 'group 16 "xyz1" is not four hexadecimal characters']])
    expect(faultsOf(change(17, '0000'))[0]?.[1]).toMatch(/^check group 1 is wrong/)
    expect(faultsOf(change(18, '0000'))[0]?.[1]).toMatch(/^check group 2 is wrong/)
    expect(faultsOf(change(5, 'ab cd'))).toEqual([['2', '24 columns instead of 23: a group is missing or too many']])
  })

  it('names exchanged groups, a wrong line, batch or attempt, and the secret of another row', () => {
    const [one = '', two = ''] = paperText([kept(1), kept(2)])
      .split('\n')
      .filter((line) => /^\d/.test(line))
    const head = 'unit 230000-sft region 230300 hash sha256\nplan plan-1\n'
    const cells = one.split(' ')
    expect(
      faultsOf(
        head +
          cells
            .with(5, cells[6] ?? '')
            .with(6, cells[5] ?? '')
            .join(' '),
      ),
    ).toEqual([['1', 'group 1 and group 2 are exchanged']])
    for (const [column, value] of [
      [1, 'L9'],
      [2, '2'],
      [3, '2'],
      [4, '00000000'],
    ] as const) {
      expect(faultsOf(head + cells.with(column, value).join(' '))[0]?.[1]).toMatch(/^drawId .* one of them is wrong$/)
    }
    const swapped = [...cells.slice(0, 5), ...two.split(' ').slice(5)].join(' ')
    expect(faultsOf(head + swapped)).toEqual([['1', 'more than one group is wrong, or the secret is that of another row']])
    expect(faultsOf(one)).toEqual([['1', 'no good unit line, and line of a plan, task or redraw, before it']])
    expect(faultsOf(`unit 230000-sft region 23 hash sha256\n${one}`)).toHaveLength(2)
  })
})
