import { z } from 'zod'
import { aliasedKey, channelId, code, count, key, namedList, text, workingDays } from './definition.ts'

/** Publication of results, its clocks, and the repair of published information (section 6). */
export const publicationKeys = {
  'publish.due': aliasedKey('检查结果公示期限', 'publication.due', workingDays),
  'publication.clockStart': key('公示期限起算事件', z.enum(['TASK_COMPLETED', 'OBJECT_CHECK_ENDED'])),
  'publish.lateEffect': key('逾期视为未完成检查任务的条件', z.enum(['ENTRY_OR_PUBLICATION_MISSING', 'ENTRY_MISSING'])),
  'publish.principle': key(
    '录入公示责任原则',
    z.strictObject({ id: z.enum(['CHECKER_ENTERS_AND_ANSWERS', 'ORGANISER_DRAWS_AND_ANSWERS', 'CHECKER_ENTERS_AND_PUBLISHES']), text }),
  ),
  'publish.channel': key(
    '检查结果公示渠道',
    z.strictObject({ marketSubjects: namedList(channelId).min(1), nonMarketSubjects: namedList(channelId) }),
  ),
  'publication.negativeTypes': key('负面信息的结果类型', z.array(z.strictObject({ type: code, subValue: code.optional() })).min(1)),
  'followup.entryDue': key('后续监管结果录入期限', workingDays),
  'followup.assignee': key('后续监管责任单位', z.enum(['SUPERVISOR', 'SUPERVISOR_AND_JURISDICTION'])),
  'repair.basis': key(
    '公示信息修复',
    z.strictObject({
      stopAfterYears: count.optional(),
      byApplication: z.enum(['AFTER_PERIOD', 'AFTER_CORRECTION', 'NONE']),
      applicationBarredFields: namedList(code),
      monthsAfterCorrection: count.optional(),
      alignedWithPenalty: z.boolean(),
    }),
  ),
  'repair.applicationPeriod': key('可申请停止公示前的公示时间', z.strictObject({ months: count })),
  'repair.sixFieldsScope': key('不得申请修复的领域是否及于处罚一致条款', z.strictObject({ barsPenaltyAlignment: z.boolean() })),
}
