/** What the name of a unit ends with. */
const ending =
  /(?:部门|机构|机关|单位|海关|委员会|办公室|公司|中心|大队|支队|总队|政府|局|委|办|厅|部|院|所|站|队|处|科|室|股|署|会|行|妇联|残联|工商联|科协|供销社|集团)$/
/** What several names may share: 市场监管、税务部门. */
const sharedEnding = /(?:部门|机构|分局|局)$/
/** 甲局、乙局等部门, 甲局等有关单位: those named, and others. */
const open = /等(?:(?:\S{0,4})(?<ending>部门|单位|机构))?$/
/** Names of no unit in particular: 其他部门, 各县区局, 全部科室, 属地监管所, 本局, 所属基层所. */
const vague =
  /其他|其它|有关|相关|成员单位|^其|^(?:各|全部|所有|全体|全[省市州盟县区旗]|属地|当地|辖区|所在地|区县|县区|县市区)|各[^、]*(?:[科股处]室|站所|分局|部门|单位)$|^(?:所|下|直)属|(?:所|下|直)属(?:各|基层|事业|单位|机构|部门|[科股处]室|站所|分局)|^(?:单位|部门|机关|系统|局)?内部$|^[省市县区旗州盟](?:\([^()]*\))?局$|^[仅只]?(?:本|我)(?:局|单位|部门|机关|委|厅)$/
/** Words of a sentence about units, which no name has. */
const sentence =
  /牵头|主责|配合|会同|联同|协同|参与|参加|协助|协办|主办|发起|负责|责任|分工|不含|不包括|除外|以外|邀请|委托|必要|视情|需要|根据|待定|确定|附件|备注|详见|同上|无需|不涉及|联系电话|^除.+外|^(?:没有|不联合|单独)|^与|^联合(?!执法|办|会)|^(?:由|按|涉及|如[有需果涉]|单部门)/
/** What says when or for what the unit checks, or with how many: (视情况参与), (涉及食品的), (3人); and whatever stands before a name. */
const condition =
  /\([^()]*(?:由|视|必|或|见|除|根据|按|如|涉及|不含|需要|负责|牵头|发起|主办|参与|配合)[^()]*\)|\([^()]*(?:的|时|\d+[人名家个户])\)$|\([主次辅正副]\)|^\(|[:+&。·*★☆※#@!?<>]/
/** Whole names one behind the other, 甲局乙局. Not 甲局某分局, 甲局执法大队, 某总局甲局: one is part of the other. */
const runTogether =
  /^.+(?<!总)(?:局|厅|委员会|管委会|委(?=[省市县区旗]))[^局厅]+(?<!分)(?:局|厅|委员会)$|^.{2,}(?<part>部门|支队|大队|科|股).{2,}\k<part>$/
const field = /^[\u4e00-\u9fff]{2,10}$/
/** What is said of a unit behind its name, unless that is one of its offices: 市某局主管. */
const saidOfUnit = /(?:局|厅|委员会)(?!.*(?:队|处|科|室|股|站|所|中心)$).+$|等$/

/** A word for a kind of unit, of which no list says whose it is: 市消防救援支队、大队. */
const kindAlone = /^(?:分局|[支大中总]?队|[科处股]室?|室|所|站|站所|中心)$/

const withoutBracket = (name: string): string => name.replace(/\([^()]*\)$/, '')
const opened = (text: string): number => text.split('(').length - text.split(')').length

export const endsLikeUnit = (name: string): boolean => ending.test(withoutBracket(name))

/** Whether a text may be the name of one unit; it need not have the ending of one. */
export const mayBeName = (text: string): boolean =>
  !kindAlone.test(text) && !sentence.test(text) && !condition.test(text) && opened(text) === 0 && !runTogether.test(withoutBracket(text))

/** Whether a text may be what a unit is about, 公安, for its name. */
export const mayBeField = (text: string): boolean => field.test(text) && mayBeName(text) && !vague.test(text) && !saidOfUnit.test(text)

/** The names of a list, and what of it names no unit in particular: 其他部门, 等部门. */
export interface Listed {
  readonly names: readonly string[]
  readonly unnamed: readonly string[]
}

/** 不涉及其他部门: nobody else. */
const without = /^[不无]/

/** 税务等部门 is 税务部门 and others. */
function closed(part: string): string {
  const found = open.exec(part)
  const before = found === null ? part : part.slice(0, found.index)
  return found === null || before === '' || endsLikeUnit(before) ? before : before + (found.groups?.['ending'] ?? '')
}

export function listed(parts: readonly string[]): Listed {
  const isVague = (part: string): boolean => vague.test(part.replace(open, '')) && !condition.test(part) && !without.test(part)
  return {
    names: parts.filter((part) => !isVague(part)).flatMap((part) => closed(part) || []),
    unnamed: parts.flatMap((part) => (isVague(part) ? part : (open.exec(part)?.[0] ?? []))),
  }
}

/** Parts without an ending take that of the next part which has one of the words that lists share. Undefined where one is no name. */
export function shareEnding(parts: readonly string[]): readonly string[] | undefined {
  const whole: string[] = []
  let suffix: string | undefined
  for (const part of parts.toReversed()) {
    if (!mayBeName(part)) return undefined
    const ends = endsLikeUnit(part)
    if (ends) suffix = sharedEnding.exec(part)?.[0]
    else if (suffix === undefined || isLevelAlone(part)) return undefined
    whole.unshift(ends ? part : part + suffix)
  }
  return [...new Set(whole)]
}

const isLevelAlone = (part: string): boolean => /^(?:省|市本级|[市县区旗州盟])+(?:\([^)]*\))?级?$/.test(part)
