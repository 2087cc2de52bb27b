import { z } from 'zod'
import { code, count, key, namedList, regionCode, text } from './definition.ts'

const leader = z.enum(['INDUSTRY_DEPARTMENT', 'MARKET_REGULATOR'])

const rhythm = z.enum(['MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY'])

const aspect = z.strictObject({ id: z.enum(['INFORMATION_SHARING', 'UNIFIED_RULES', 'MUTUAL_RECOGNITION']), text, enabled: z.boolean() })

const recognisedKind = z.enum([
  'ABNORMAL_LIST',
  'SERIOUS_VIOLATION_LIST',
  'CHECK_RESULT',
  'CREDIT_RISK_GRADE',
  'JOINT_PUNISHMENT',
  'CREDIT_REPAIR',
  'CREDIT_INCENTIVE',
])

const crossRegionGroup = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  text,
  pilot: z.boolean(),
  regions: z.array(z.strictObject({ regionCode, alias: z.string().regex(/^[a-z]+$/), text })).min(2),
  aspects: z.array(aspect).min(1),
  recognisedKinds: namedList(recognisedKind).min(1),
})

/** Joint checks and cross-region groups (sections 8 and 9). */
export const jointKeys = {
  'joint.lead': key(
    '联合检查牵头部门',
    z.strictObject({ overall: leader, exceptions: z.array(z.strictObject({ matter: text, lead: leader })) }),
  ),
  'joint.regulatorRole': key('市场监管部门在联合检查中的职责', z.enum(['ACTIVELY_COORDINATE', 'COORDINATE', 'LEAD', 'ACTIVELY_INITIATE'])),
  'joint.teamLeader': key(
    '联合检查组负责人',
    z.strictObject({ from: z.enum(['DRAWN_INSPECTORS_OF_INITIATOR', 'DRAWN_INSPECTORS']), by: z.enum(['SMALLEST_TICKET', 'INITIATOR']) }),
  ),
  crossRegion: key('跨区域联合双随机', z.strictObject({ encouraged: z.boolean(), groups: z.array(crossRegionGroup) })),
  'crossRegion.meetings': key(
    '跨区域定期会商、通报、交流',
    z.strictObject({ consultation: rhythm, circulation: rhythm, exchange: rhythm }),
  ),
  'recognition.conflict': key('互认信息冲突的处理', z.strictObject({ prevails: z.enum(['ISSUER_OF_OWN_REGION']), showBoth: z.boolean() })),
  platform: key('工作平台', namedList(code).min(1)),
  'exemption.rule': key(
    '尽职免责',
    z.strictObject({
      dutyDone: z.boolean(),
      notOverdue: z.boolean(),
      lists: z.array(z.strictObject({ title: text })),
      /** Cases in which liability is borne, and in which it may be waived (ACC-03, ACC-04). */
      accountableCases: namedList(code).optional(),
      exemptCases: namedList(code).optional(),
    }),
  ),
  indicators: key('效果评价指标', namedList(code).min(1)),
  'indicator.formulas': key(
    '指标计算口径',
    z
      .array(
        z.strictObject({
          indicator: code,
          version: count,
          numerator: z.strictObject({ measure: code, text }),
          denominator: z.strictObject({ measure: code, text }),
          scope: text,
          period: z.enum(['CALENDAR_YEAR', 'QUARTER', 'MONTH']),
        }),
      )
      .min(1),
  ),
}
