import { halfWidth } from '../text.ts'
import { endsLikeUnit } from './unit-names.ts'

const unitEnd = '局|委|厅|办|部门|机构|委员会|管委会|大队|支队|总队|中心|公司|政府'
const joint = new RegExp(
  `(?<=${unitEnd})(?:和|与|及|以及|[/+&。·])(?=(?:[^、,;/()]|\\([^()]*\\))+?(?:${unitEnd}|[所站队院处科]))|(?<=[科处股室所站队])(?:以?及|和|与)(?=各|其他|其它|有关|相关)`,
  'g',
)
/** 甲局、乙局按职责分工负责: all of them check; who checks what it does not say. */
export const byDuty = /[,、]?\(?按照?(?:各自)?职[责能](?:分工)?(?:分别|各自)?(?:负责|实施|落实|开展(?:检查|抽查)?)?\)?$/
const together = new RegExp(`(?<=${unitEnd})(?:联合|共同)(?:开展|实施|组织)?(?:检查|抽查)?$`)

/** Line breaks, blanks, bars and numbers between whole names separate them; all others are layout. A line that is a bracket belongs to the name above. */
function separateLines(text: string): string {
  const lines = halfWidth(text)
    .replace(/(?:^|(?<=\D))\d{1,2}[.、](?=\D)|\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)|[①-⑳](?=\s*[^\s;,。、)])|\|/g, '\n')
    .replace(/(?:^|(?<=[局委厅院队所站处会门]))\s*[一二三四五六七八九十]{1,2}、/g, '\n')
    .split(
      /[\r\n]+|(?<=[局委厅院队所站处科室股)]|委员会|管委会|公司|中心|政府|部门)[ \t]+(?=\S)(?!(?:牵头|发起|主办|配合|参与|协助)(?![:部单机]))/,
    )
    .map((line) => line.replace(/[\s\u200b\ufeff]+/g, ''))
    .filter((line) => line !== '')
  return lines.reduce((joined, line) => {
    if (joined === '') return line
    return /[、,;]$/.test(joined) || /^\([^()]*\)$/.test(line) || !endsLikeUnit(joined) ? joined + line : `${joined}、${line}`
  }, '')
}

/** A cell of units on one line, 、 where the layout or 和 separates them: 甲局和乙局, 甲局与乙局 are two; in 文化和旅游局 no unit ends before 和. */
export const separated = (text: string): string =>
  separateLines(
    text
      .replace(/[【〔[]/g, '(')
      .replace(/[】〕\]]/g, ')')
      .replace(/[、,，]?(?:…+|\.{3,})$/, '等'),
  )
    .replace(/^[、,;]+|[、,;。]+$/g, '')
    .replace(byDuty, '')
    .replace(together, '')
    .replace(joint, '、')
