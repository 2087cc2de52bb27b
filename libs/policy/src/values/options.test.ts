import { describe, expect, it } from 'vitest'
import { type PolicyKey, policyKeys } from '../index.ts'

const takes = (key: PolicyKey, value: unknown): boolean => policyKeys[key].schema.safeParse(value).success

/** What a jurisdiction may choose where the documents differ or leave it open (Appendix B of the requirements). */
const options: Partial<Record<PolicyKey, readonly string[]>> = {
  'ratio.base': ['MAPPED', 'ELIGIBLE'],
  coverageScope: ['EACH_LEVEL', 'LEVELS_TOGETHER'],
  'item.localPower': ['PROVINCE_PUBLISHES', 'PROVINCE_INCLUDES_REGION_SCOPED', 'DISTRICT_MAY_ADD', 'PROVINCE_ADDS_LOCAL_REGULATION'],
  'item.offListRandom': ['FORBIDDEN', 'STRICTLY_BY_LIST'],
  'daily.strength': ['IN_PRINCIPLE', 'MAIN_WAY', 'ALL_WITHOUT_EXCEPTION'],
  'specialCheck.bar': ['BARRED_BY_DEFAULT', 'PROBLEM_DRIVEN_BY_DOUBLE_RANDOM'],
  'sandbox.daily': ['MAINLY_ON_TRIGGER'],
  'sandbox.start': ['ENTRY_DATE'],
  'whiteList.rounding': ['UP', 'NEAREST'],
  'whiteList.onSite': ['ON_GROUND_ONLY'],
  'inspector.avoidLastInspector': ['OFF', 'PREFER', 'REQUIRE'],
  'draw.mergeSameObject.insideUnit': ['AUTOMATIC', 'PROPOSAL'],
  'draw.publishList.timing': ['BEFORE_VISIT', 'AFTER_VISIT'],
  'draw.publicOpening': ['drawn-set', 'full'],
  'draw.batchOrder': ['FIXED_FOR_HIGH_RATIO_KEY_ITEMS', 'BATCH_BY_BATCH'],
  'publication.clockStart': ['TASK_COMPLETED', 'OBJECT_CHECK_ENDED'],
  'publish.lateEffect': ['ENTRY_OR_PUBLICATION_MISSING', 'ENTRY_MISSING'],
  'followup.assignee': ['SUPERVISOR', 'SUPERVISOR_AND_JURISDICTION'],
  'joint.regulatorRole': ['ACTIVELY_COORDINATE', 'COORDINATE', 'LEAD', 'ACTIVELY_INITIATE'],
}

const named = (ids: readonly string[]) => ids.map((id) => ({ id, text: '文字' }))

/** Lists of named members whose identifiers are fixed. */
const memberLists: readonly (readonly [PolicyKey, readonly string[], (list: readonly object[]) => unknown])[] = [
  ['plan.channel', ['publicitySystem', 'departmentWebsite', 'municipalPortal', 'enforcementPlatform'], (list) => list],
  ['inspector.labels', ['speciality', 'qualification', 'recusalScope', 'personnelNature'], (list) => list],
  ['watermark.fields', ['TIME', 'PLACE', 'TASK_NUMBER', 'INSPECTOR'], (list) => list],
  ['crime.receiver', ['JUDICIAL_AUTHORITY', 'PUBLIC_SECURITY'], (list) => list],
  ['check.withoutDraw', ['CLUE', 'KEY_LIST_MATTER', 'STATUTORY_DUTY', 'LEGAL_EXEMPTION'], (list) => list],
  ['check.methods', ['ON_SITE', 'WRITTEN', 'NETWORK', 'ENTRUSTED'], (list) => ({ members: list, open: false })],
  ['inspector.modes', ['BUREAU_WIDE', 'OFFICE_AND_STATIONS', 'MULTI_STATION', 'SINGLE_STATION'], (list) => ({ members: list, open: true })],
]

describe('POL-01 what a jurisdiction may choose', () => {
  it.each(Object.entries(options))('%s is one of %j and nothing else', (key, values) => {
    expect(values.filter((value) => !takes(key as PolicyKey, value))).toEqual([])
    expect(['', 'SOMETHING_ELSE', ` ${values[0]}`, true, null].filter((value) => takes(key as PolicyKey, value))).toEqual([])
  })

  it.each(memberLists)('%s has members of %j, at least one, each once', (key, ids, wrap) => {
    expect(takes(key, wrap(named(ids)))).toBe(true)
    expect(ids.filter((id) => !takes(key, wrap(named([id]))))).toEqual([])
    expect(takes(key, wrap([]))).toBe(false)
    expect(takes(key, wrap(named(['SOMETHING_ELSE'])))).toBe(false)
    expect(takes(key, wrap(named(ids.slice(0, 1).flatMap((id) => [id, id]))))).toBe(false)
  })

  it.each<[PolicyKey, unknown]>([
    ['plan.filing', { required: true, route: 'AS_SUPERIOR_REQUIRES' }],
    ['plan.filing', { required: true, route: 'LEVEL_BY_LEVEL' }],
    ['plan.filing', { required: true, route: 'NEXT_HIGHER_LEVEL' }],
    ['plan.filing', { required: false, route: 'TO_CITY' }],
    ['plan.adjustment', { kinds: ['ADD', 'CANCEL'], publish: 'ADJUSTMENT', file: true }],
    ['plan.adjustment', { kinds: ['ADD'], publish: 'WHOLE_PLAN', file: true }],
    ['plan.adjustment', { kinds: ['CANCEL'], publish: 'NOT_STATED', file: false }],
    ['plan.coverage', { levels: ['PROVINCE', 'CITY', 'COUNTY'], lists: [{ planType: 'INTERNAL', list: '清单', entries: 1 }] }],
    ['plan.coverage', { levels: ['CITY'], lists: [] }],
    ['plan.coverage', { levels: ['CITY'], lists: [{ planType: 'JOINT', list: '清单', entries: 36 }] }],
    ['plan.jointPreferred', { extent: 'HIGH_FREQUENCY_INDUSTRIES', barInternalForJointItems: false }],
    ['plan.jointPreferred', { extent: 'ALL', barInternalForJointItems: true }],
    [
      'plan.lineFields',
      ['ITEMS', 'OBJECTS', 'RATIO', 'TIME_LIMIT', 'INITIATOR', 'PARTICIPANTS', 'BATCH_SCOPE', 'BATCH_QUANTITY', 'BATCH_TIME'],
    ],
    ['caseClue.route', { individual: 'OUTSIDE_DOUBLE_RANDOM', widespread: 'DRAW_KEY_OBJECTS' }],
    ['caseClue.route', { individual: 'DIRECT_CHECK', widespread: 'DOUBLE_RANDOM_IDEA' }],
    ['caseClue.route', { individual: 'DIRECT_CHECK', widespread: 'SPECIAL_CHECK' }],
    ['caseClue.route', { individual: 'DIRECT_CHECK', widespread: 'NOT_STATED' }],
    ['ratio.yearFloor.count', { numerator: 'DISTINCT_ENTERPRISES', denominatorAsOf: 'PLAN_FILING' }],
    ['ratio.yearFloor.count', { numerator: 'DRAWS', denominatorAsOf: 'YEAR_START' }],
    ['ratio.rounding', { mode: 'UP', flagOvershoot: true }],
    ['ratio.rounding', { mode: 'NEAREST', flagOvershoot: false }],
    ['ratio.unclassified', { mode: 'OWN_STRATUM', ratioBy: 'PLANNER' }],
    ['ratio.unclassified', { mode: 'AS_GRADE', grade: 'A' }],
    ['repeat.lowRiskBar', { period: 'CALENDAR_YEAR', exceptions: ['LAW', 'REGULATION', 'RULE'] }],
    ['inspector.delegation', { toSubordinate: 'ALLOWED', sameLevel: 'WRITTEN_AGREEMENT', crossRegion: 'ENCOURAGED' }],
    ['inspector.delegation', { toSubordinate: 'NOT_STATED', sameLevel: 'NOT_STATED', crossRegion: 'NOT_STATED' }],
    ['inspector.loadCap', { tasks: 1, mode: 'PREFER' }],
    ['inspector.loadCap', { tasks: 1, mode: 'REQUIRE' }],
    ['redraw.reasons', { reasons: [{ id: 'MOVED', text: '迁出', replaces: 'OBJECT' }], approver: 'ORGANISER_SUPERIOR' }],
    ['redraw.reasons', { reasons: [{ id: 'ILL', text: '病假', replaces: 'INSPECTOR' }], approver: 'ORGANISER_SUPERIOR' }],
    ['publish.principle', { id: 'CHECKER_ENTERS_AND_ANSWERS', text: '文字' }],
    ['publish.principle', { id: 'ORGANISER_DRAWS_AND_ANSWERS', text: '文字' }],
    ['publish.principle', { id: 'CHECKER_ENTERS_AND_PUBLISHES', text: '文字' }],
    ['repair.basis', { byApplication: 'AFTER_PERIOD', applicationBarredFields: [], alignedWithPenalty: true }],
    ['repair.basis', { byApplication: 'AFTER_CORRECTION', applicationBarredFields: [], alignedWithPenalty: true }],
    [
      'repair.basis',
      { byApplication: 'NONE', stopAfterYears: 1, monthsAfterCorrection: 1, applicationBarredFields: [], alignedWithPenalty: true },
    ],
    ['joint.lead', { overall: 'MARKET_REGULATOR', exceptions: [{ matter: '事项', lead: 'INDUSTRY_DEPARTMENT' }] }],
    ['joint.teamLeader', { from: 'DRAWN_INSPECTORS_OF_INITIATOR', by: 'SMALLEST_TICKET' }],
    ['joint.teamLeader', { from: 'DRAWN_INSPECTORS_OF_INITIATOR', by: 'INITIATOR' }],
    ['crossRegion.meetings', { consultation: 'MONTHLY', circulation: 'QUARTERLY', exchange: 'HALF_YEARLY' }],
    ['crossRegion.meetings', { consultation: 'YEARLY', circulation: 'YEARLY', exchange: 'YEARLY' }],
    ['recognition.conflict', { prevails: 'ISSUER_OF_OWN_REGION', showBoth: true }],
    ['exemption.rule', { dutyDone: true, notOverdue: true, lists: [{ title: '清单' }] }],
    ['unreachable.attempts', { attempts: 1, manners: [{ id: 'CALL', text: '电话' }], minDaysBetween: 0 }],
    [
      'sandbox',
      {
        regionCodes: ['230300'],
        innovations: named(['NEW_MODEL']),
        toleranceYears: 1,
        triggers: named(['CLUE']),
        excludedFields: [{ id: 'FOOD', text: '食品', industryPrefixes: ['C14'], tags: ['业态:网络餐饮'] }],
      },
    ],
    ['whiteList', { alliance: '联盟', methods: named(['REMOTE']), onSiteGrounds: [{ id: 'CLUE', text: '线索', sources: ['COMPLAINT'] }] }],
    ['whiteList', { alliance: '联盟', methods: named(['REMOTE']), onSiteGrounds: named(['LAW_PROVIDES']) }],
  ])('%s may be %j, and no part of it may be missing, empty or unknown', (key, value) => {
    expect(takes(key, value)).toBe(true)
    expect(spoilt(value).filter((each) => takes(key, each))).toEqual([])
  })
})

/** Members that may be absent, and lists that may be empty. */
const optional = new Set(['stopAfterYears', 'monthsAfterCorrection', 'industryPrefixes', 'tags'])
const mayBeEmpty = new Set(['exceptions', 'applicationBarredFields', 'lists'])

/** The value with one spot of it spoilt: a member left out or added, a text emptied, a number too small, a list without members. */
function spoilt(value: unknown, name = ''): readonly unknown[] {
  if (typeof value === 'string') return ['', ' ', 0, null]
  if (typeof value === 'number') return [value === 0 ? -1 : 0, 0.5, '1']
  if (typeof value === 'boolean') return ['true', null]
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    const inside = list.flatMap((element, index) => spoilt(element).map((each) => list.with(index, each)))
    return [...inside, ...(mayBeEmpty.has(name) ? [] : [[]]), {}]
  }
  const entries = Object.entries(value as object)
  return [
    ...entries
      .filter(([member]) => !optional.has(member))
      .map(([member]) => Object.fromEntries(entries.filter(([other]) => other !== member))),
    ...entries.flatMap(([member, own]) => spoilt(own, member).map((each) => Object.fromEntries([...entries, [member, each]]))),
    { ...(value as object), somethingElse: 1 },
  ]
}
