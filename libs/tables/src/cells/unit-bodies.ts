const kind = '(?:分局|[支大中总]队|队|处|科|室|股|站|所|中心)'
const office = new RegExp(`^(?<body>.+?(?:局|委|厅|院|委员会))(?<part>[^局委厅院]+${kind})$`)
const internal = /[科室股]$/
/** An office that is named without its body, 交警支队, 恒山分局: whose it is, the list does not say. */
const bareOffice = /^(?![省市县区旗]).{2,}(?:支队|大队|总队|队|处|科|室|股)$|^(?!.{0,4}[省市县区旗].)[^局委厅院]{2,}(?:分局|所)$/
/** 一大队, 第二分局: the number is all that tells it from its like. */
const numbered = new RegExp(`^(?<body>.*?)第?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})(?<kind>${kind})$`)
/** 恒山分局, 东关所: a place is all that tells it from its like. */
const ofPlace = /^(?<place>[^局委厅院]{2,4})(?<kind>分局|所)$/
/** Fields of work, which are another body's as soon as they are named: 公安分局, 司法所. */
const field =
  /公安|派出|司法|税务|消防|交警|交通|市场|监管|工商|质检|食品|药品|环境|环保|资源|国土|规划|卫生|卫健|疾控|教育|财政|城管|执法|气象|烟草|海关|农业|林业|水务|水利|检测|检验|研究|看守|统计|财务/

const groupsOf = (pattern: RegExp, text: string): Readonly<Record<string, string | undefined>> | undefined => pattern.exec(text)?.groups

/** What the offices behind the first one have before their names, by what tells them from it; undefined where they are none of its like. */
function sharedBody(first: string, rest: readonly string[]): string | undefined {
  const number = groupsOf(numbered, first)
  const isLike = (part: string): boolean => {
    const other = groupsOf(numbered, part)
    return other?.['body'] === '' && other['kind'] === number?.['kind']
  }
  if (number !== undefined && number['body'] !== '' && rest.every(isLike)) return number['body']
  const { body, part: own = '' } = groupsOf(office, first) ?? {}
  const place = groupsOf(ofPlace, own)
  const isBeside = (part: string): boolean => {
    if (office.test(part)) return false
    const other = groupsOf(ofPlace, part)
    if (place !== undefined && other !== undefined && other['kind'] === place['kind'] && !field.test(own + part)) return true
    return part.endsWith(own.slice(-3)) || (internal.test(first) && internal.test(part))
  }
  return body !== undefined && rest.every(isBeside) ? body : undefined
}

/**
 * Parts that are offices of the body the first one names take its name: 市某局甲执法队、乙执法队, 市某局甲科、乙科, 市某局甲分局、乙分局,
 * 某支队一大队、二大队. Undefined where one may be another body's: 市公安局治安支队、消防救援支队, 市公安局甲分局、税务分局.
 */
export function shareBody(parts: readonly string[]): readonly string[] | undefined {
  const [first = '', ...rest] = parts
  if (rest.length === 0) return parts
  const body = sharedBody(first, rest)
  if (body !== undefined) return [first, ...rest.map((part) => `${body}${part}`)]
  const isOffice = office.test(first) || numbered.test(first)
  return isOffice && rest.some((part) => bareOffice.test(part) && !office.test(part)) ? undefined : parts
}
