import { describe, expect, it } from 'vitest'
import { parseRoster, type RosterEntry, rosterText, sortRoster, stratumSizes } from './roster.ts'

const label = (digit: string): string => digit.repeat(64)
const entry = (digit: string, stratum: string, excluded = false): RosterEntry => ({ label: label(digit), stratum, excluded })

describe('the roster file', () => {
  it('DRW-31 is one canonical line per member of the mapped set, ascending by label', () => {
    const sorted = sortRoster([entry('b', 'A'), entry('a', '甲', true)])
    expect(sorted.ok && rosterText(sorted.value)).toBe(
      `{"excluded":true,"label":"${label('a')}","stratum":"甲"}\n{"excluded":false,"label":"${label('b')}","stratum":"A"}\n`,
    )
    expect(sorted.ok && parseRoster(rosterText(sorted.value))).toEqual(sorted)
  })

  it('DRW-31 refuses equal labels, even in two strata', () => {
    expect(sortRoster([entry('a', 'A'), entry('a', 'B')])).toEqual({ ok: false, error: { code: 'equal-labels', label: label('a') } })
  })

  it('counts mapped and eligible by stratum, strata in byte order', () => {
    expect(stratumSizes([entry('a', '甲'), entry('b', 'Z', true), entry('c', 'Z')])).toEqual([
      { stratum: 'Z', mapped: 2, eligible: 1 },
      { stratum: '甲', mapped: 1, eligible: 1 },
    ])
  })

  const good = rosterText([entry('a', 'A'), entry('b', 'B')])
  it.each([
    ['a missing LF at the end', good.slice(0, -1), 2],
    ['descending labels', rosterText([entry('b', 'B'), entry('a', 'A')]), 2],
    ['equal labels', rosterText([entry('a', 'A'), entry('a', 'B')]), 2],
    ['CR', good.replaceAll('\n', '\r\n'), 1],
    ['a BOM', `\uFEFF${good}`, 1],
    ['a space', good.replace(',"label"', ', "label"'), 1],
    ['a duplicate name', good.replace('"stratum":"A"', '"stratum":"A","stratum":"A"'), 1],
    ['another member', good.replace('"stratum":"B"', '"stratum":"B","x":1'), 2],
    ['upper-case hex', good.replace(label('a'), label('A')), 1],
    ['a blank line', good.replace('\n', '\n\n'), 2],
    ['a line that is null', `null\n${good}`, 1],
    ['a line that is a list', `${good}[]\n`, 3],
    ['a line that is a text', `${good}"x"\n`, 3],
    ['a member less', good.replace('"excluded":false,', ''), 1],
    ['an exclusion that is no truth value', good.replace('"excluded":false', '"excluded":0'), 1],
    ['a stratum that is no text', good.replace('"stratum":"B"', '"stratum":2'), 2],
    ['a label that is no text', good.replace(`"${label('a')}"`, '1'), 1],
    ['a label that is a list of one', good.replace(`"${label('a')}"`, `["${label('a')}"]`), 1],
    ['a line that is a number', `${good}1\n`, 3],
    ['a line that is a truth value', `${good}true\n`, 3],
    ['a longer label', good.replace(label('b'), `${label('b')}b`), 2],
    ['a label behind something else', good.replace(label('b'), `x${label('b')}`), 2],
  ])('DRW-31 refuses %s, naming the line', (_, text, line) => {
    expect(parseRoster(text)).toMatchObject({ ok: false, error: { code: 'bad-line', line } })
  })

  it('DRW-31 says why a line is none', () => {
    const reasonOf = (text: string): unknown => parseRoster(text)
    const refused = (reason: string) => ({ ok: false, error: { code: 'bad-line', line: 2, reason } })
    expect(reasonOf(rosterText([entry('b', 'B'), entry('a', 'A')]))).toEqual(refused('labels do not ascend'))
    expect(reasonOf(good.replace('"stratum":"B"', '"x":1'))).toEqual(refused('not {excluded, label, stratum}'))
  })
})
