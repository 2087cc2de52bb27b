import { describe, expect, it } from 'vitest'
import type { AuditFault } from './audit/finding.ts'
import { findingWords } from './audit/finding-words.ts'
import type { BrokenRule, Fault } from './difference.ts'
import {
  auditWords,
  faultWords,
  missingFamilyFileWords,
  shortKeyAgeWords,
  shortMarginWords,
  undrawnWords,
  type Words,
} from './fault-words.ts'

/** All rules, so that a new one is not forgotten here. */
const rules: Readonly<Record<BrokenRule, true>> = {
  'snapshot-not-before-commitment': true,
  'delay-too-short': true,
  'no-beacon': true,
  'no-clue': true,
  'number-too-large': true,
  'joint-redraw': true,
  'no-part-of-parent': true,
  'no-other-part': true,
  'part-of-organiser': true,
  'not-a-part': true,
  'label-of-another-part': true,
  'tip-by-beacon-operator': true,
  'drawn-before': true,
  'parent-not-among-them': true,
  'labels-mismatch-purpose': true,
  'no-reason': true,
  'approved-after-commitment': true,
  'nothing-to-draw': true,
  'not-of-the-family': true,
  'before-round-of-family': true,
  'not-later-than-parent': true,
  'label-not-standing': true,
  'drawable-again': true,
  'number-missing': true,
  'after-freeze-of-redraw': true,
  'attempt-follows-none': true,
  'beacon-key-of-another-region': true,
  'margin-too-short': true,
  'next-attempt-frozen': true,
  'attempt-before-stands': true,
  'not-approved': true,
  'approval-after-commitment': true,
  'second-audit': true,
  'audited-by-organiser': true,
  'after-failed': true,
  'failed-too-early': true,
  'failed-too-late': true,
  'tip-not-opened': true,
  'self-beacon-outside-demonstration': true,
  'self-beacon-key-unknown': true,
  'beacon-of-no-other-region': true,
  'beacon-key-twice': true,
  'too-few-regions': true,
  'beacon-key-not-in-log': true,
  'beacon-key-too-young': true,
  'beacon-not-run-apart': true,
  'repeated-key': true,
  'key-given-before': true,
  'key-of-others': true,
  'seq-not-ascending': true,
  'log-ends-before': true,
  'genesis-out-of-place': true,
  'second-entry': true,
  'nothing-before': true,
  'not-a-source-of-numbers': true,
  'definition-given-before': true,
  'definition-not-in-log': true,
  'definition-too-young': true,
  'definition-invalid': true,
  'source-not-of-commitment': true,
  'numbers-after-transcript': true,
  'numbers-mismatch-definition': true,
  'numbers-too-early': true,
  'numbers-not-the-first': true,
  'numbers-out-of-order': true,
  'numbers-not-typed': true,
  'not-among-the-drawn': true,
  'not-witnessed-in-time': true,
  'draw-void': true,
  'reveal-missing': true,
}
const where = '/a'
const faults: readonly Fault[] = [
  { where, code: 'not-utf8' },
  { where, code: 'not-json', reason: 'REASON' },
  { where, code: 'not-canonical', character: 17 },
  { where, code: 'no-line-feed' },
  { where, code: 'not-a', expected: 'EXPECTED' },
  { where, code: 'missing-member' },
  { where, code: 'unknown-member' },
  { where, code: 'out-of-order' },
  { where, code: 'differs', expected: 'EXPECTED', found: 'FOUND' },
  { where, code: 'bad-signature' },
  { where, code: 'unknown-key', roles: ['unit', 'superior'] },
  ...(Object.keys(rules) as BrokenRule[]).map((rule) => ({ where, code: 'rule-broken', rule }) as const),
]
const found: readonly AuditFault[] = [
  { where, code: 'clone', id: 'OBJECT', other: 'line 4' },
  { where, code: 'wrong-salt', expected: 'EXPECTED', found: 'FOUND' },
  { where, code: 'foreign-label', expected: 'EXPECTED', found: 'FOUND' },
  { where, code: 'label-missing', label: 'LABEL', missingFrom: 'objects.ndjson' },
  { where, code: 'not-excluded', label: 'LABEL' },
  { where, code: 'not-given' },
  { where, code: 'wrong-key' },
]

/** Chinese in Chinese, English in English, and what a fault carries in both. */
function expectWords({ zh, en }: Words, ...carried: readonly string[]): void {
  expect(zh).toMatch(/\p{Script=Han}/u)
  expect(en).toMatch(/[a-z]/)
  expect(en).not.toMatch(/\p{Script=Han}/u)
  for (const part of carried) expect([zh, en]).toEqual([expect.stringContaining(part), expect.stringContaining(part)])
}
/** The values of a fault beside its place, code and rule. */
const carriedBy = (fault: AuditFault): readonly string[] =>
  Object.entries(fault).flatMap(([name, value]) => (['where', 'code', 'rule'].includes(name) ? [] : [value].flat().map(String)))

describe('what is wrong, in words', () => {
  it.each(faults)('says $code $rule in both languages, with what it carries', (fault) => {
    expectWords(faultWords(fault), ...carriedBy(fault))
  })

  it.each([...faults, ...found])('says $code $rule of an audit likewise', (fault) => {
    expectWords(findingWords(fault), ...carriedBy(fault))
  })

  it('tells no two of them alike', () => {
    const texts = [...faults, ...found].map((fault) => findingWords(fault).en)
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('joins the roles that a key might have', () => {
    const { zh, en } = faultWords({ where, code: 'unknown-key', roles: ['unit', 'superior'] })
    for (const text of [zh, en]) expect(text).toContain('unit | superior')
  })

  it('DRW-30 names the file of the family that is missing, what it is and whose', () => {
    const said = (['transcript', 'commitment', 'roster'] as const).flatMap((part) =>
      (['parent', 'redraw', 'attempt'] as const).map((of) => missingFamilyFileWords({ file: 'FILE', part, of })),
    )
    for (const words of said) expectWords(words, 'FILE')
    for (const language of ['zh', 'en'] as const) expect(new Set(said.map((words) => words[language])).size).toBe(9)
  })

  it('DRW-31 tells of every audit by whom, with how many findings and whether its signature was checked, and that there is none', () => {
    const [none, ...more] = auditWords([])
    expect([none, more]).toEqual([
      {
        zh: '本次抽取尚未复核：抽中者是谁、由谁检查，尚无他方重算',
        en: 'this draw is not audited yet: who the drawn are, and who checks them, nobody else has recomputed',
      },
      [],
    ])
    const audit = { unitId: 'auditor', findings: 2, isSignatureChecked: true }
    expect(auditWords([audit, { ...audit, isSignatureChecked: false }])).toEqual([
      { zh: 'auditor 已复核本次抽取，异常 2 项', en: 'auditor audited this draw, findings: 2' },
      {
        zh: 'auditor 已复核本次抽取，异常 2 项；没有密钥文件，签名未核对',
        en: 'auditor audited this draw, findings: 2; without a keys file its signature was not checked',
      },
    ])
  })

  it('DRW-32 tells the margin that is pinned, where it is short', () => {
    expectWords(shortMarginWords(20), '20', '600')
  })

  it('DRW-31 tells the lines of draws that were committed and never drawn, where there are some', () => {
    expect(undrawnWords([])).toEqual([])
    const [words, ...more] = undrawnWords([12, 19])
    expectWords(words as Words, '12', '19')
    expect(more).toEqual([])
  })

  it('DRW-32 tells how long a beacon’s key must stand in the log, where that is short', () => {
    expectWords(shortKeyAgeWords(90), '90', '30')
  })
})
