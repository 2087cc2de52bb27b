import { boundEndings, limitWords } from './percent.ts'

const share = String.raw`(?:${limitWords})?\d{1,3}(?:\.\d{1,6})?%(?:${boundEndings})?`
const inTurn = new RegExp(
  String.raw`^(?:对|其中)?(?<names>[^%;。:]+?)(?:的?(?:年度)?(?:抽查|检查|抽取)?(?:对象)?(?:比例|比率))?:?分别(?:按照?|以|为|是|抽取|抽查)?(?<shares>${share}(?:[、,和/]${share})+)(?:的?比例)?(?:进行)?(?:随机)?(?:抽取|抽查|检查)?$`,
)
const slashed = new RegExp(String.raw`^(?<names>[^%;。:/、,]+(?:/[^%;。:/、,]+)+):?(?<shares>${share}(?:/${share})+)$`)
const limited = new RegExp(`^${limitWords}`)

/** What tells one class from the next: A, 低, 较高, 一, Ⅱ. */
const head = /^(?:[A-E]{1,3}|较?[高低]|中|一般|重点|[一二三四五六甲乙丙丁ⅠⅡⅢⅣ]|I{1,3}|\d)/
/** D四类企业: how many classes there are is no part of the name. */
const howMany = /^[两二三四五六七](?=类|级|档|个)/

/** A、B、C、D类企业 as A类企业, B类企业 …; 低、中、高风险 as 低风险, 中风险, 高风险. Parts that say more than what tells them apart stay as written. */
export function classNames(text: string): readonly string[] {
  const parts = text.split(/[、,/]|和|及|与/).filter((part) => part !== '')
  const last = parts.at(-1) ?? ''
  // 信用风险低、中、高的企业: the beginning is shared, not the ending.
  if (!head.test(parts[0] ?? '')) return parts
  const rest = last.replace(head, '').replace(howMany, '')
  return parts.map((part) => {
    const own = head.exec(part)?.[0]
    return own === part || (part === last && own !== undefined) ? own + rest : part
  })
}

/** One bound before the first share holds for all of them, 分别不低于1%、3%; undefined where some have one and others none. */
function withBounds(shares: readonly string[]): readonly string[] | undefined {
  const bounds = shares.map((each) => limited.exec(each)?.[0])
  const [first] = bounds
  if (bounds.every((bound) => (bound === undefined) === (first === undefined))) return shares
  return first !== undefined && bounds.slice(1).every((bound) => bound === undefined)
    ? shares.map((each, index) => (index === 0 ? each : first + each))
    : undefined
}

function inOrder(text: string): string {
  const groups = (inTurn.exec(text) ?? slashed.exec(text))?.groups
  const names = classNames(groups?.['names'] ?? '')
  const shares = withBounds((groups?.['shares'] ?? '').split(/[、,和/]/))
  const isWhole = names.every((name) => name.length > 1)
  return groups === undefined || !isWhole || shares?.length !== names.length
    ? text
    : names.map((name, index) => name + shares[index]).join(';')
}

/** Names in a row and as many shares in a row, A、B、C、D类分别按1%、2%、3%、5%, as a clause each; other texts stay as they are. */
export const respectively = (text: string): string =>
  text
    .split(/(?<=[;。\n])/)
    .map((part) => {
      const [, body = '', mark = ''] = /^([^]*?)([;。\n]?)$/.exec(part) ?? []
      return inOrder(body) + mark
    })
    .join('')
