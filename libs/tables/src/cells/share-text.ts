import { withPercentSigns } from './percent.ts'
import { respectively } from './respectively.ts'

/** What stands for a clause of its own in brackets: figures, and all of them. */
const inBrackets = /\(([^()]*(?:[\d一二三四五六七八九十]|全覆盖|全部)[^()]*)\)/g

/** A cell without the blanks and layout that part nothing, its lists taken apart. */
const plainMarks = (text: string): string => respectively(withPercentSigns(text).replace(/[ \t]*([-/])[ \t]*/g, '$1'))

/**
 * A text of shares with ; wherever one clause ends and the next begins: between shares 、 and blanks separate like ; does, and so do a slash, 以上 before
 * the next figure, and a bracket that says something by itself, 10%(20户), which `isClause` tells.
 */
export const openUp = (text: string, isClause: (inner: string) => boolean): string =>
  plainMarks(text)
    .replace(/([%户家次上下内])\(含(?:本数|\d{1,3}(?:\.\d{1,6})?%)?\)/g, '$1')
    .replace(/([A-E][级类]?)\((\d{1,3}(?:\.\d{1,6})?%)\)/g, '$1$2')
    .replace(/(不足[1一](?:户|家|个|名|人|处|件|所|批次|批)的?),(?=[按以抽至检])/g, '$1')
    .replace(inBrackets, (whole, inner: string) => (isClause(inner) ? `;${inner};` : whole))
    .replace(/(%(?:\([^()]*\))?(?!\/次[,;])|[户家]|次)\/(?=[^年月季半户家企对单]*\d)/g, '$1;')
    .replace(/(次(?:\/(?:年度|年|半年|季度|季|月))?)[ \t]+(?=\D{0,6}\d)/g, '$1;')
    .replace(/(%(?:及)?以上)[、,]?(?=\d)|(%(?:及)?以[上下内])、(?=\D)/g, '$1$2;')
    .replace(/%(?:、|且|并且|[ \t]+)(?=\D|\d(?:A{1,5}级|星))|%[ \t]+(?=\d{1,3}次)|%(?=[不共计])/g, '%;')

const remarkBehind = /\(([^()\d%]*)\)$/

/** A bracket without figures behind a text, and the text without it: 5%(含联合抽查). One that says of which period the share is, (每季度), is part of it. */
export function remarkOf(text: string): { readonly text: string; readonly remark: string } | undefined {
  const remark = remarkBehind.exec(text)?.[1]
  return remark === undefined || /每|季|月|半年/.test(remark) ? undefined : { text: text.replace(remarkBehind, ''), remark }
}
