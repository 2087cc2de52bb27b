import { z } from 'zod'
import { code, count, distinctIds, key, named, namedList, openList, text, workingDays } from './definition.ts'

const preference = z.enum(['OFF', 'PREFER', 'REQUIRE'])

const redrawReason = z.strictObject({ id: code, text, replaces: z.enum(['OBJECT', 'INSPECTOR', 'NOBODY']) })

const statutoryModes = ['BUREAU_WIDE', 'OFFICE_AND_STATIONS', 'MULTI_STATION', 'SINGLE_STATION'] as const

/**
 * A further mode (“其他有效方式”, DRW-08): whether the office takes part, how many stations the organiser names (null: every station takes
 * part and none is named), and whether `inspector.officeStationPairing` may ask for pairs of both.
 */
const furtherMode = z
  .strictObject({
    id: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/),
    text,
    offices: z.boolean(),
    stations: z.strictObject({ atLeast: z.int().min(0), atMost: count.nullable() }).nullable(),
    pairable: z.boolean(),
  })
  .refine(({ id }) => !(statutoryModes as readonly string[]).includes(id), { error: '法定的选派方式不得另行定义' })
  .refine(({ offices, pairable }) => offices || !pairable, { error: '局机关不参加的方式不能要求局机关与所搭配' })
  .refine(({ offices, stations }) => offices || stations === null || stations.atLeast >= 1, { error: '没有人员可供选派' })
  .refine(({ stations }) => (stations?.atMost ?? Number.POSITIVE_INFINITY) >= (stations?.atLeast ?? 0), {
    error: '所的数量上限小于下限',
  })

/** Pools, the draw and the matching of inspectors (sections 1 and 4, and the draw protocol). */
export const drawKeys = {
  'object.source': key('检查对象数据来源', namedList(code).min(1)),
  'inspector.source': key('执法检查人员数据来源', namedList(code).min(1)),
  'inspector.scope': key('执法检查人员入库范围', z.strictObject({ mustInclude: namedList(code).min(1), mayInclude: namedList(code) })),
  'inspector.labels': key('执法检查人员标注', namedList(z.enum(['speciality', 'qualification', 'recusalScope', 'personnelNature'])).min(1)),
  'inspector.personnelNature': key('人员性质分类', namedList(code).min(1)),
  'inspector.modes': key(
    '选派执法检查人员的方式',
    z.strictObject({
      members: z
        .array(z.union([named(z.enum(statutoryModes)), furtherMode]))
        .min(1)
        .refine(distinctIds, { error: '标识重复' }),
      open: z.boolean(),
    }),
  ),
  'inspector.delegation': key(
    '委托匹配检查人员',
    z.strictObject({
      toSubordinate: z.enum(['ALLOWED', 'NOT_STATED']),
      sameLevel: z.enum(['WRITTEN_AGREEMENT', 'NOT_STATED']),
      crossRegion: z.enum(['ENCOURAGED', 'NOT_STATED']),
    }),
  ),
  'inspector.minTeamSize': key('检查组最少人数', count),
  'inspector.officeStationPairing': key('检查组须由局机关与所共同组成', z.boolean()),
  'inspector.loadCap': key('检查人员任务数上限', z.strictObject({ tasks: count, mode: z.enum(['PREFER', 'REQUIRE']) })),
  'inspector.avoidLastInspector': key('避免上次检查同一对象的人员', preference),
  'inspector.untrainedDrawable': key('未培训人员可被抽取', z.boolean()),
  'recusal.required': key('回避', z.strictObject({ scopeEntry: z.boolean(), duty: z.boolean() })),
  'recusal.grounds': key('回避事由', openList(code)),
  'draw.mergeSameObject': key('同一对象任务合并', z.boolean()),
  'draw.mergeSameObject.insideUnit': key('同一单位内任务合并的方式', z.enum(['AUTOMATIC', 'PROPOSAL'])),
  'draw.listComparison': key('抽取名单比对', z.boolean()),
  'draw.publishList': key('抽取名单公布', z.boolean()),
  'draw.publishList.timing': key('抽取名单公布时间', z.enum(['BEFORE_VISIT', 'AFTER_VISIT'])),
  'draw.publishList.due': key('抽取名单公布期限', workingDays),
  'draw.publicOpening': key('抽取结果公开揭示的范围', z.enum(['drawn-set', 'full'])),
  'draw.batchOrder': key('检查批次', z.enum(['FIXED_FOR_HIGH_RATIO_KEY_ITEMS', 'BATCH_BY_BATCH'])),
  'draw.roundMarginSeconds': key('随机数轮次安全间隔（秒）', count),
  'draw.revealWindowSeconds': key('揭示单位秘密数的时间（秒）', count),
  'draw.closeAfterDays': key('检查窗口结束后自动关闭抽取的天数', count),
  'draw.auditDueDays': key('匹配复核期限（天）', count),
  'redraw.reasons': key(
    '重新抽取事由',
    z.strictObject({
      reasons: z.array(redrawReason).min(1).refine(distinctIds, { error: '标识重复' }),
      approver: z.enum(['ORGANISER_SUPERIOR']),
    }),
  ),
  'dataset.freshness': key(
    '数据新鲜度要求（天）',
    z.strictObject({ creditResultDays: count, objectPoolDays: count, inspectorPoolDays: count }),
  ),
}
