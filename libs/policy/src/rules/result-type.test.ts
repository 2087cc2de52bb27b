import { describe, expect, it } from 'vitest'
import { fourCoalCities, heilongjiang, samr2023Draft, samr2024, valueOf, withValues } from '../../tests/shipped-presets.ts'
import { type CheckedResult, checkResult, isNegativeResult, type ResultEntry } from '../index.ts'

const refusalOf = (entry: ResultEntry, policy = heilongjiang) => {
  const result = checkResult(policy, entry)
  if (result.ok) throw new Error('expected a refusal')
  return result.error
}

const accepted = (entry: ResultEntry, policy = heilongjiang): CheckedResult => valueOf(checkResult(policy, entry))

describe('result types', () => {
  it('PUB-01 both presets in force have exactly the nine types of the documents, in their order', () => {
    const nine = [
      '未发现问题',
      '未按规定公示应当公示的信息',
      '通过登记的住所（经营场所）无法联系',
      '不配合检查情节严重',
      '未发现开展本次抽查涉及的经营活动',
      '发现问题，依法责令立即改正或者限期改正',
      '发现问题，待后续调查处理',
      '合格/不合格',
      '其他情况',
    ]
    for (const policy of [samr2024, heilongjiang]) expect(valueOf(policy.get('result.types')).map(({ text }) => text)).toEqual(nine)
  })

  it('PUB-02 the draft has ten, with the two the final text dropped and without 合格/不合格', () => {
    const texts = valueOf(samr2023Draft.get('result.types')).map(({ text }) => text)
    expect(texts).toHaveLength(10)
    expect(texts).toEqual(expect.arrayContaining(['公示信息隐瞒真实情况弄虚作假', '发现问题，依法责令停止']))
    expect(texts).not.toContain('合格/不合格')
  })

  it('DQ-09 accepts a type by identifier or by its exact text, and refuses free text', () => {
    expect(accepted({ type: 'NO_PROBLEM' }).type.id).toBe('NO_PROBLEM')
    expect(accepted({ type: '未发现问题' }).type.id).toBe('NO_PROBLEM')
    expect(refusalOf({ type: '基本没有问题' })).toMatchObject({ code: 'unknown-result-type' })
    expect(refusalOf({ type: '基本没有问题' })).not.toHaveProperty('use')
  })

  it('PUB-02 Appendix F 19: 依法责令停止 is refused with a mapping hint; 合格/不合格 without a sub-value is refused', () => {
    for (const type of ['依法责令停止', '发现问题，依法责令停止', 'ORDERED_STOP']) {
      expect(refusalOf({ type }, samr2024)).toMatchObject({ code: 'unknown-result-type', use: 'ORDERED_CORRECT' })
    }
    expect(refusalOf({ type: 'ORDERED_STOP' }, samr2024).message).toContain('现行九种类型无“责令停止”')
    const unmapped = refusalOf({ type: 'ORDERED_STOP' }, withValues(samr2024, { 'result.mapping': undefined }))
    expect(unmapped.code).toBe('unknown-result-type')
    expect(unmapped).not.toHaveProperty('use')
    expect(accepted({ type: '发现问题，依法责令停止' }, samr2023Draft).type.id).toBe('ORDERED_STOP')
    expect(refusalOf({ type: '合格/不合格' }, samr2024)).toMatchObject({ code: 'sub-value-required', type: 'QUALIFIED_OR_NOT' })
    expect(refusalOf({ type: '合格/不合格' }, samr2024).message).toContain('合格、不合格')
  })

  it('PUB-03 type 6 stores immediate or within a term, and a term has its due date', () => {
    expect(refusalOf({ type: 'ORDERED_CORRECT' }).code).toBe('sub-value-required')
    expect(accepted({ type: 'ORDERED_CORRECT', subValue: 'CORRECT_NOW' }).subValue?.text).toBe('立即改正')
    expect(refusalOf({ type: 'ORDERED_CORRECT', subValue: 'CORRECT_BY' }).code).toBe('due-date-required')
    expect(refusalOf({ type: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', dueDate: '2026-02-30' }).code).toBe('due-date-required')
    expect(accepted({ type: 'ORDERED_CORRECT', subValue: '限期改正', dueDate: '2026-02-28' }).dueDate).toBe('2026-02-28')
  })

  it('PUB-03 a due date is a date of the calendar wherever it is given, and is stored as such', () => {
    expect(accepted({ type: 'ORDERED_CORRECT', subValue: 'CORRECT_NOW', dueDate: '2026-03-31' }).dueDate).toBe('2026-03-31')
    expect(refusalOf({ type: 'ORDERED_CORRECT', subValue: 'CORRECT_NOW', dueDate: '31/03/2026' })).toMatchObject({
      code: 'due-date-required',
      type: 'ORDERED_CORRECT',
    })
    expect(refusalOf({ type: 'NO_PROBLEM', dueDate: '' }).code).toBe('due-date-required')
    expect(accepted({ type: 'NO_PROBLEM' })).not.toHaveProperty('dueDate')
  })

  it('PUB-03 a due date may be asked for by the type itself, a text by a sub-value', () => {
    const policy = withValues(heilongjiang, {
      'result.types': [
        { id: 'SUSPENDED', text: '责令停产', requires: ['DUE_DATE'], opens: 'FOLLOW_UP' },
        {
          id: 'MEASURED',
          text: '采取措施',
          opens: 'FOLLOW_UP',
          subValues: [
            { id: 'LISTED', text: '所列措施' },
            { id: 'ANOTHER', text: '别的措施', requires: ['FREE_TEXT'] },
          ],
        },
      ],
    })
    expect(refusalOf({ type: 'SUSPENDED' }, policy)).toMatchObject({ code: 'due-date-required', type: 'SUSPENDED' })
    expect(refusalOf({ type: 'SUSPENDED' }, policy).message).toContain('责令停产')
    expect(accepted({ type: 'SUSPENDED', dueDate: '2026-03-31' }, policy).dueDate).toBe('2026-03-31')
    expect(refusalOf({ type: 'MEASURED', subValue: 'ANOTHER' }, policy)).toMatchObject({ code: 'free-text-required', type: 'MEASURED' })
    expect(accepted({ type: 'MEASURED', subValue: 'LISTED' }, policy).subValue?.id).toBe('LISTED')
  })

  it('PUB-03 type 8 stores 合格 or 不合格 and nothing else', () => {
    expect(accepted({ type: 'QUALIFIED_OR_NOT', subValue: '不合格' }).subValue?.id).toBe('UNQUALIFIED')
    expect(refusalOf({ type: 'QUALIFIED_OR_NOT', subValue: '基本合格' })).toMatchObject({ code: 'unknown-sub-value', subValue: '基本合格' })
    expect(refusalOf({ type: 'NO_PROBLEM', subValue: '合格' }).code).toBe('unknown-sub-value')
  })

  it('PUB-03 type 9 requires free text', () => {
    expect(refusalOf({ type: 'OTHER', freeText: ' ' }).code).toBe('free-text-required')
    expect(refusalOf({ type: 'OTHER' }).code).toBe('free-text-required')
    expect(accepted({ type: 'OTHER', freeText: ' 企业已迁出 ' }).freeText).toBe('企业已迁出')
  })

  it('keeps a text that no type asks for, and stores no empty one', () => {
    expect(accepted({ type: 'NO_PROBLEM', freeText: '现场整洁' }).freeText).toBe('现场整洁')
    expect(accepted({ type: 'NO_PROBLEM', freeText: ' ' })).not.toHaveProperty('freeText')
    expect(accepted({ type: 'NO_PROBLEM' })).toEqual({ type: expect.objectContaining({ id: 'NO_PROBLEM' }) })
  })

  it('POL-04 stops where no list of types is set', () => {
    expect(checkResult(withValues(heilongjiang, { 'result.types': undefined }), { type: 'NO_PROBLEM' })).toMatchObject({
      ok: false,
      error: { code: 'policy-unset', key: 'result.types' },
    })
  })
})

describe('negative information', () => {
  it('PUB-23 types 2, 3, 4, 6, 7 and 不合格 are negative, the others not', () => {
    const negative = (entry: ResultEntry) => valueOf(isNegativeResult(fourCoalCities, accepted(entry, fourCoalCities)))
    const entries: readonly (readonly [ResultEntry, boolean])[] = [
      [{ type: 'NO_PROBLEM' }, false],
      [{ type: 'NOT_PUBLICIZED' }, true],
      [{ type: 'UNREACHABLE' }, true],
      [{ type: 'UNCOOPERATIVE_SERIOUS' }, true],
      [{ type: 'NO_ACTIVITY' }, false],
      [{ type: 'ORDERED_CORRECT', subValue: 'CORRECT_NOW' }, true],
      [{ type: 'PENDING_INVESTIGATION' }, true],
      [{ type: 'QUALIFIED_OR_NOT', subValue: 'UNQUALIFIED' }, true],
      [{ type: 'QUALIFIED_OR_NOT', subValue: 'QUALIFIED' }, false],
      [{ type: 'OTHER', freeText: '其他' }, false],
    ]
    expect(entries.map(([entry]) => [entry, negative(entry)])).toEqual(entries)
  })

  it('PUB-23 where only one value of a type is negative, a result without that value is not', () => {
    const policy = withValues(fourCoalCities, { 'publication.negativeTypes': [{ type: 'NO_PROBLEM', subValue: 'AFTER_ALL' }] })
    expect(valueOf(isNegativeResult(policy, accepted({ type: 'NO_PROBLEM' })))).toBe(false)
  })

  it('POL-04 no document says what is negative, so it is unset without a local value', () => {
    expect(isNegativeResult(heilongjiang, accepted({ type: 'NO_PROBLEM' }))).toMatchObject({
      ok: false,
      error: { key: 'publication.negativeTypes' },
    })
  })
})
