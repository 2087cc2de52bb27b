import { z } from 'zod'
import { code, count, distinctIds, key, namedList, openList, text, workingDays } from './definition.ts'

const detail = z.enum(['DUE_DATE', 'FREE_TEXT', 'INFORMATION', 'CONTACT_LOG', 'FACTS', 'EVIDENCE', 'CLUE', 'SAMPLE_OR_ITEM'])

const opening = z.enum(['NOTHING', 'FOLLOW_UP', 'CORRECTION', 'CASE', 'DECISION'])

const subValue = z.strictObject({ id: code, text, requires: z.array(detail).default([]), opens: opening.optional() })

const resultType = z.strictObject({
  id: code,
  text,
  requires: z.array(detail).default([]),
  subValues: z.array(subValue).min(2).optional(),
  opens: opening,
  mayList: z.boolean().default(false),
})

/** Checks, results and archives (section 5, Annexes 1 and 2). */
export const checkKeys = {
  'check.methods': key('检查方式', openList(z.enum(['ON_SITE', 'WRITTEN', 'NETWORK', 'ENTRUSTED']))),
  'result.types': key('抽查检查结果类型', z.array(resultType).min(1).refine(distinctIds, { error: '标识重复' })),
  'result.mapping': key(
    '其他版本结果类型的对应',
    z.array(z.strictObject({ id: code, texts: z.array(text).min(1), use: code, note: text })).refine(distinctIds, { error: '标识重复' }),
  ),
  'unreachable.attempts': key(
    '认定无法联系前的联系次数',
    z.strictObject({ attempts: count, manners: namedList(code).min(1), minDaysBetween: z.int().min(0) }),
  ),
  'watermark.fields': key('现场照片水印内容', namedList(z.enum(['TIME', 'PLACE', 'TASK_NUMBER', 'INSPECTOR'])).min(1)),
  'archive.contents': key('检查档案内容', openList(code)),
  'archive.retention': key('检查档案保管年限', z.strictObject({ years: count })),
  'delegation.feedbackDue': key('委托检查结果反馈期限', workingDays),
  'clue.pushDue': key('案源线索推送期限', workingDays),
  'crime.receiver': key('涉嫌犯罪移送对象', namedList(z.enum(['JUDICIAL_AUTHORITY', 'PUBLIC_SECURITY'])).min(1)),
}
