const fullWidthOffset = 0xfee0

/** Full-width forms and the kinds of dash and tilde in use, as one plain form: what the grammars of cells see. */
export const halfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - fullWidthOffset))
    .replace(/\u3000/g, ' ')
    .replace(/[\ufe50-\ufe6b]/g, (character) => character.normalize('NFKC'))
    .replace(/[-—–−―‐‑~〜∼─━⸺⸻]+/g, '-')
    .replace(/∶/g, ':')
    .replace(/≧|>=/g, '≥')
    .replace(/≦|<=/g, '≤')

const space = /[\s\u200b\ufeff]+/g

/** For comparing: half width, no white space at all. */
export const squash = (text: string): string => halfWidth(text).replace(space, '')

const cjk = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’、。《》（）；：，]/

/** A name as written, without the line breaks and blanks that table layout put into it. */
export function cleanName(text: string): string {
  const trimmed = text.trim()
  return trimmed.replace(space, (run: string, at: number) =>
    cjk.test(trimmed[at - 1] ?? '') || cjk.test(trimmed[at + run.length] ?? '') ? '' : ' ',
  )
}

/** A passage as written, its line breaks closed up. */
export const cleanPassage = (text: string): string => text.trim().replace(space, (run: string) => (/[\r\n]/.test(run) ? '' : run))

const digits = '零一二三四五六七八九'

/** A year in Chinese figures, 二〇二六年, in Arabic ones. */
export const withYearFigures = (text: string): string =>
  text.replace(/[一二][〇○零一二三四五六七八九]{3}(?=年)/g, (year) =>
    year.replace(/./g, (figure) => String(Math.max(0, digits.indexOf(figure)))),
  )

/** 2026年抽查1次 in a plan of 2026 says of this year what 本年度抽查1次 does. Any other year stays as it is, and so do its months. */
export const withThisYear = (text: string, planYear: number | undefined): string =>
  planYear === undefined
    ? text
    : withYearFigures(text).replace(
        new RegExp(String.raw`(^|[;；,，。\n])\s*${planYear}年度?(?!\s*\d{1,2}月|以来|[底末初起前内])[,，]?`, 'g'),
        '$1本年度',
      )

/** Reads `12`, `一`, `两`, `十二`, `二十`, `一百零五`, `一千二百`; undefined when the text is no such number below ten thousand (or no decimal number). */
export function readInteger(text: string): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  return readBelowHundred(text) ?? readHundreds(text)
}

/** 零 stands where a place is left out, and only there: 二百五 is no number for certain. */
function readHundreds(text: string): number | undefined {
  const groups =
    /^(?:(?<thousands>[一二两三四五六七八九])千)?(?:(?<gap>零)?(?<hundreds>[一二两三四五六七八九])百)?(?<zero>零)?(?<rest>.*)$/.exec(
      text,
    )?.groups
  const { thousands, gap, hundreds, zero, rest = '' } = groups ?? {}
  if (thousands === undefined && hundreds === undefined) return undefined
  const below = rest === '' ? 0 : readBelowHundred(rest)
  const leavesOut = rest !== '' && (hundreds === undefined || !rest.includes('十'))
  if (below === undefined || gap !== undefined || leavesOut !== (zero !== undefined)) return undefined
  return 1000 * (readBelowHundred(thousands ?? '零') ?? 0) + 100 * (readBelowHundred(hundreds ?? '零') ?? 0) + below
}

function readBelowHundred(text: string): number | undefined {
  const match = /^([一二三四五六七八九]?)(十?)([一二两三四五六七八九]?)$/.exec(text)
  if (match === null || text === '') return undefined
  const [, tens = '', ten = '', ones = ''] = match
  if (ten === '' && tens !== '' && ones !== '') return undefined
  const unit = (character: string): number => (character === '两' ? 2 : Math.max(0, digits.indexOf(character)))
  return ten === '' ? unit(tens + ones) : (tens === '' ? 1 : unit(tens)) * 10 + (ones === '' ? 0 : unit(ones))
}

/** Splits at the separators that stand outside brackets; empty parts are dropped. */
export function splitOutsideBrackets(text: string, separators: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const character of text) {
    if (character === '(' || character === '（') depth += 1
    if (character === ')' || character === '）') depth = Math.max(0, depth - 1)
    if (depth === 0 && separators.includes(character)) {
      parts.push(part)
      part = ''
    } else part += character
  }
  return [...parts, part].map((each) => each.trim()).filter((each) => each !== '')
}
