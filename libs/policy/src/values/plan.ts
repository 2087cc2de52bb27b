import { regionLevel } from '@dual-random/kernel'
import { z } from 'zod'
import {
  channelId,
  code,
  count,
  distinctIds,
  key,
  localDate,
  named,
  namedList,
  openList,
  percent,
  planType,
  regionCode,
  text,
  workingDays,
} from './definition.ts'

/** A code of the level of a province. */
const municipality = regionCode.refine((region) => regionLevel(region) === 'PROVINCE', { error: '不是省级行政区划代码' })

const level = z.enum(['PROVINCE', 'CITY', 'COUNTY'])

const leadDays = z.int().min(1).max(180)

const lawProvides = z.literal('LAW_PROVIDES')

/** Why inspectors may go to a member of the white list: a law that provides for it, or a clue from one of `clue.sources` (TGT-21). */
const onSiteGround = z.union([
  named(lawProvides),
  z.strictObject({
    id: code.refine((id) => id !== lawProvides.value, { error: '法律法规另有规定不来自线索' }),
    text,
    sources: z.array(code).min(1),
  }),
])

const monthEnd = z.strictObject({ endOfMonth: z.int().min(1).max(12) })

/** Fields that bar an enterprise, and, where a region says so, the GB/T 4754 prefixes and tags by which it is found to be in one. */
const excludedFields = z
  .array(
    z.strictObject({
      id: code,
      text,
      industryPrefixes: z
        .array(z.string().regex(/^[A-T]\d{0,4}$/))
        .min(1)
        .optional(),
      tags: z.array(text).min(1).optional(),
    }),
  )
  .min(1)
  .refine(distinctIds, { error: '标识重复' })

/** Attributes of key supervision, each with what is measured of it (TGT-05). */
const supervisionAttributes = z
  .array(
    z.strictObject({
      id: z.enum(['FULL_COVERAGE', 'FULL_CHAIN', 'FULL_PROCESS', 'FULL_TIME_AND_SPACE', 'ALL_ROUND']),
      text,
      measure: z.enum(['COVERAGE', 'STAGES', 'TIMES', 'ASPECTS']),
    }),
  )
  .min(1)
  .refine(distinctIds, { error: '标识重复' })

/** Annual plans and the item list (sections 1 and 3). */
export const planKeys = {
  'plan.internal.due': key('内部抽查计划期限', monthEnd),
  'plan.joint.due': key('部门联查计划期限', monthEnd),
  'plan.dueExceptions': key('计划期限的年度例外', z.array(z.strictObject({ year: z.int().min(2000).max(2999), planType, due: localDate }))),
  'plan.filing': key(
    '计划报备',
    z.strictObject({ required: z.boolean(), route: z.enum(['AS_SUPERIOR_REQUIRES', 'LEVEL_BY_LEVEL', 'NEXT_HIGHER_LEVEL', 'TO_CITY']) }),
  ),
  /** Municipalities of the level of a province: nothing stands between them and their districts, though the codes of these have room for it. */
  'division.municipalities': key('直辖市', z.array(municipality)),
  'plan.adjustment': key(
    '计划动态调整',
    z.strictObject({
      kinds: z.array(z.enum(['ADD', 'CANCEL'])).min(1),
      publish: z.enum(['ADJUSTMENT', 'WHOLE_PLAN', 'NOT_STATED']),
      file: z.boolean(),
    }),
  ),
  'plan.channel': key('计划公示渠道', namedList(channelId).min(1)),
  'plan.coverage': key(
    '计划覆盖清单',
    z.strictObject({
      levels: z.array(level).min(1),
      /** Numbered editions; where none is named, all of the list in force (PLN-14). How often each item: `item.yearlyCheck`. */
      lists: z.array(
        z.strictObject({
          planType,
          list: text,
          entries: count,
          /** What the edition counts; its items where nothing is said. */
          counts: z.enum(['ITEMS', 'SUPERVISION_MATTERS']).optional(),
        }),
      ),
    }),
  ),
  coverageScope: key('清单覆盖按层级计算的方式', z.enum(['EACH_LEVEL', 'LEVELS_TOGETHER'])),
  jointCountsForInternalCoverage: key('联查覆盖计入内部计划覆盖', z.boolean()),
  'plan.jointPreferred': key(
    '联查为常态的范围',
    z.strictObject({ extent: z.enum(['HIGH_FREQUENCY_INDUSTRIES', 'INTERNAL_COMBINED', 'ALL']), barInternalForJointItems: z.boolean() }),
  ),
  'plan.jointIntegration': key(
    '部门联合抽查计划的统筹',
    z.strictObject({
      /** Whose coordinator integrates the initiators' joint plans into one. */
      level,
      /** Who makes joint plans of their own beside it: regions of these levels, and areas by what their units are called. */
      ownPlans: z.strictObject({ levels: z.array(level), areas: z.array(text) }),
    }),
  ),
  /** Each by its name and by the GB/T 4754 codes that it takes in, with the letter of their section; a code takes in those it begins. */
  highFrequencyIndustries: key(
    '监管领域多、检查频次高的行业',
    z.array(z.strictObject({ industry: text, codes: z.array(z.string().regex(/^[A-Z]\d{0,4}$/)).min(1) })),
  ),
  'plan.lineFields': key(
    '计划事项要素',
    z
      .array(
        z.enum(['ITEMS', 'OBJECTS', 'RATIO', 'TIME_LIMIT', 'INITIATOR', 'PARTICIPANTS', 'BATCH_SCOPE', 'BATCH_QUANTITY', 'BATCH_TIME']),
      )
      .min(1),
  ),
  /** What plans have to reflect (PLN-30); where it is set a plan says how, for each of its members. */
  'plan.rationale': key('计划须体现的重点和需要', namedList(code).min(1)),
  /** Days before a due date of a plan or a clue, the first and the last day of a window, and days that a filing waits for its decision, an accepted plan for its publication, an adjustment for its filing or publication and a dispatched task for a line. */
  'plan.reminderLeadDays': key(
    '计划提醒的提前天数',
    z.strictObject({
      planDue: leadDays,
      windowOpening: leadDays,
      windowEnding: leadDays,
      filingUndecided: leadDays,
      acceptedUnpublished: leadDays,
      adjustmentWaiting: leadDays,
      clueDue: leadDays,
      assignmentOpen: leadDays,
    }),
  ),
  'plan.consistencyReport': key('计划与任务一致性例外报告', z.strictObject({ every: z.literal('DAY') })),
  'item.localPower': key(
    '地方清单权限',
    z.enum([
      'PROVINCE_PUBLISHES',
      'PROVINCE_INCLUDES_REGION_SCOPED',
      'DISTRICT_MAY_ADD',
      'PROVINCE_ADDS_LOCAL_REGULATION',
      'FROM_PROVINCIAL_DEPARTMENT_LIST',
    ]),
  ),
  'item.superiorListMissing': key('上级清单尚未入库时的下级清单', z.enum(['REFUSED', 'ACCEPTED'])),
  'item.divisionAdditions': key(
    '业务处室梳理增加的事项',
    z.strictObject({
      level,
      /** The edition on top of which items are added; a list loaded as that edition adds nothing. */
      baseEdition: text,
      basisKinds: z.array(z.enum(['LOCAL_REGULATION', 'GOVERNMENT_RULE', 'HANDED_OVER'])).min(1),
    }),
  ),
  'item.provincialList': key(
    '省级清单对总局清单的全面实施',
    z.strictObject({
      /** Whose provincial list it is. */
      department: text,
      /** The national list, by the title it is loaded as; the provincial list has all of its items. */
      baseEdition: text,
      /** What an item beyond the national list rests on. */
      basisKinds: z.array(z.enum(['LOCAL_REGULATION', 'GOVERNMENT_RULE', 'HANDED_OVER', 'LAW'])).min(1),
    }),
  ),
  'item.jointList': key(
    '部门联查事项清单的维护',
    z.strictObject({ level, department: text, approval: z.strictObject({ department: text }).optional() }),
  ),
  'item.listChannel': key('清单公开渠道', namedList(code).min(1)),
  'item.yearlyCheck': key('清单事项每年抽查次数下限', z.strictObject({ times: count })),
  'item.yearlyCheck.alertLeadDays': key('年末未抽查事项的提醒提前天数', z.int().min(0).max(364)),
  'item.keyControlled': key('重点检查事项数量从严控制', z.boolean()),
  'item.generalCapRequired': key('一般检查事项须设比例上限', z.boolean()),
  'item.offListRandom': key('清单外事项的随机抽查', z.enum(['FORBIDDEN', 'STRICTLY_BY_LIST'])),
  'daily.strength': key('日常检查采用双随机方式的力度', z.enum(['IN_PRINCIPLE', 'MAIN_WAY', 'ALL_WITHOUT_EXCEPTION'])),
  'specialCheck.bar': key('清单覆盖领域的专项检查', z.enum(['BARRED_BY_DEFAULT', 'PROBLEM_DRIVEN_BY_DOUBLE_RANDOM'])),
  /** On what a check may rest that no draw makes (TGT-12 to TGT-14); lines without a draw of a plan are judged where they are planned. */
  'check.withoutDraw': key(
    '不经随机抽取实施检查的依据',
    namedList(z.enum(['CLUE', 'KEY_LIST_MATTER', 'STATUTORY_DUTY', 'LEGAL_EXEMPTION'])).min(1),
  ),
  'caseClue.route': key(
    '问题线索的处理方式',
    z.strictObject({
      individual: z.enum(['OUTSIDE_DOUBLE_RANDOM', 'DIRECT_CHECK', 'NOT_STATED']),
      widespread: z.enum(['DRAW_KEY_OBJECTS', 'DOUBLE_RANDOM_IDEA', 'SPECIAL_CHECK', 'NOT_STATED']),
    }),
  ),
  'clue.sources': key('问题线索来源', openList(code)),
  'clue.checkDue': key('问题线索检查处置期限', workingDays),
  'targetedDraw.triggers': key('定向抽查情形', namedList(code).min(1)),
  keyFields: key('重点监管领域', openList(code)),
  /** Fields in which key supervision goes on by the rules there are, whether or not a list names them. */
  'keyFields.protected': key('按现有规定实行重点监管的领域', openList(code)),
  'keySupervision.list': key('重点监管事项清单的维护', z.strictObject({ level, department: text })),
  'keySupervision.attributes': key('重点监管的要求', supervisionAttributes),
  'keySupervision.considers': key(
    '重点监管统筹的因素',
    namedList(z.enum(['INDUSTRY_RISK', 'VIOLATIONS', 'CREDIT_RISK', 'BUSINESS_COORDINATION', 'RESULT_RECOGNITION', 'RISK_FEATURES'])).min(
      1,
    ),
  ),
  exemptFromJoint: key('可不纳入联合检查的情形', namedList(code)),
  sandbox: key(
    '触发式“沙盒”监管',
    z.strictObject({
      regionCodes: z.array(regionCode).min(1),
      /** What an enterprise must be at least one of (四新). */
      innovations: namedList(code).min(1),
      toleranceYears: count,
      /** What has an enterprise in it checked: codes of `clue.sources` (TGT-18). */
      triggers: namedList(code).min(1),
      excludedFields,
    }),
  ),
  'sandbox.daily': key('“沙盒”企业的日常监管', z.enum(['MAINLY_ON_TRIGGER'])),
  'sandbox.start': key('“沙盒”包容期起算', z.enum(['ENTRY_DATE'])),
  'sandbox.extension': key('“沙盒”包容期延长', z.strictObject({ allowed: z.boolean() })),
  whiteList: key(
    '“白名单”管理',
    z.strictObject({
      alliance: text,
      methods: namedList(code).min(1),
      onSiteGrounds: z.array(onSiteGround).min(1).refine(distinctIds, { error: '标识重复' }),
    }),
  ),
  'whiteList.ratio': key('“白名单”企业抽查比例', percent),
  'whiteList.rounding': key('“白名单”企业抽查数量取整', z.enum(['UP', 'NEAREST'])),
  'whiteList.onSite': key('“白名单”企业的主动现场检查', z.enum(['ON_GROUND_ONLY'])),
}
