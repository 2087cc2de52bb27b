import { withPercentSigns } from './percent.ts'
import { sharePeriodOf } from './period.ts'
import { respectively } from './respectively.ts'

/** What stands for a clause of its own in brackets: figures, and all of them. */
const inBrackets = /\(([^()]*(?:[\d一二三四五六七八九十]|全覆盖|全部)[^()]*)\)/g

/** A cell without the blanks and layout that part nothing, its lists taken apart. */
const plainMarks = (text: string): string => respectively(withPercentSigns(text).replace(/[ \t]*([-/])[ \t]*/g, '$1'))

const number = String.raw`(?:\d{1,2}|[一二两三四])`
/** A share and a frequency one behind the other: 5%每年1次, 5%、1次/年, 按5%的比例抽查一次, 每年1次全覆盖. Before 每次 the share is that of each draw. */
const runOn = new RegExp(
  String.raw`(%(?:[及或]?以[上下]|以内)?)、?(?=(?:每(?![次批])|全年|年度|[1一]年)[^%;,、。]{0,12}次|${number}次)` +
    String.raw`|(?<=%的?比例)()(?=(?:每年)?(?:双?随机)?(?:抽查|检查|抽取|开展)?[1一]次)` +
    String.raw`|(${number}次(?:\/(?:年|季度|月))?)(?=(?:不低于|不少于|至少|≥)?\d{1,3}(?:\.\d{1,6})?%|全覆盖)` +
    String.raw`|(全覆盖)(?=(?:检查|抽查)?${number}次)`,
  'g',
)

/**
 * A text of shares with ; wherever one clause ends and the next begins: between shares 、 and blanks separate like ; does, and so do a slash, 以上 before
 * the next figure, and a bracket that says something by itself, 10%(20户), which `isClause` tells.
 */
export const openUp = (text: string, isClause: (inner: string) => boolean): string =>
  plainMarks(text)
    .replace(/([%户家次上下内])\(含(?:本数|\d{1,3}(?:\.\d{1,6})?%)?\)/g, '$1')
    .replace(/%\((每次|单次|每批次?|每年|全年|年度|每半年|每季度?|每月)\)/g, (_, period: string) => `%/${sharePeriodOf(period)}`)
    .replace(/\((?:双?随机|不?定向)(?:抽查|抽取|检查)?\)/g, '')
    .replace(/(\d[户家个所名人处座件])(?:且|并且)(?=[^;,。]*%)/g, '$1;')
    .replace(runOn, '$1$2$3$4;')
    .replace(/([A-E][级类]?)\((\d{1,3}(?:\.\d{1,6})?%)\)/g, '$1$2')
    .replace(/(不足[1一](?:户|家|个|名|人|处|件|所|批次|批)的?),(?=[按以抽至检])/g, '$1')
    .replace(estimate, ';估计$1;')
    .replace(inBrackets, (whole, inner: string) => (isClause(inner) ? `;${inner};` : whole))
    .replace(/(%(?:\([^()]*\))?(?!\/次[,;])|[户家](?!\/次)|次)\/(?=[^年月季半户家企对单]*\d)/g, '$1;')
    .replace(/(次(?:\/(?:年度|年|半年|季度|季|月))?)[ \t]+(?=\D{0,6}\d)/g, '$1;')
    .replace(/(%(?:及)?以上)[、,]?(?=\d)|(%(?:及)?以[上下内])、(?=\D)/g, '$1$2;')
    .replace(/%[ \t]+(?=的|比例)/g, '%')
    .replace(/%(?:、|且|并且|[ \t]+)(?=\D|\d(?:A{1,5}级|星)|\d{1,2}[类级档])|%[ \t]+(?=\d{1,3}次)|%(?=[不共计])/g, '%;')

/** What the share comes to by estimate, 5%(约30户), adds nothing to draw by. */
const estimate = /(?<=%[^();,]*)\(((?:预计|大约|大概|约)\d+[户家个所名人处件]|(?:预计)?\d+[户家个所名人处件](?:左右|上下))\)/g

const remarkBehind = /\(([^()\d%]*)\)$/

/** A bracket without figures behind a text, and the text without it: 5%(含联合抽查). One that says of which period the share is, (每季度), is part of it. */
export function remarkOf(text: string): { readonly text: string; readonly remark: string } | undefined {
  const remark = remarkBehind.exec(text)?.[1]
  return remark === undefined || /每|季|月|半年/.test(remark) ? undefined : { text: text.replace(remarkBehind, ''), remark }
}
