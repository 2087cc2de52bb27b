import { assertNever } from '@dual-random/kernel'
import { squash } from '../text.ts'
import { classNames } from './respectively.ts'
import { quoted, type Said } from './said.ts'
import { shareSaid } from './said-share.ts'
import { readShareCell } from './share.ts'
import { readGradesCell, readLevelsCell } from './words.ts'

/** What a cell of levels says. */
export function levelsSaid(text: string): Said {
  const read = readLevelsCell(text)
  if (read === undefined) return { questions: [`层级没有读懂${quoted(squash(text))}：由哪级实施？`] }
  return { tiers: read.levels.map((when) => ({ when })), notes: [read.levels.join('、'), ...(read.open ? ['其余各级自行安排'] : [])] }
}

/** A list of classes and nothing else. */
const classesOnly =
  /^(?!.*中[高低])(?:(?:信用)?(?:风险)?(?:等级|分类)?为?(?:[A-E][类级]?|较?[高低](?:风险)?|(?:一般|中)(?:风险)?)的?(?:企业|对象)?[、,和及]?)+(?:[两三四五]个?(?:类|级|档|等级))?(?:企业|对象)?$/
const className = /^(?:信用)?(?:风险)?(?:等级|分类)?为?(?<name>[A-E]|较?[高低]|一般|中)/

const namesOf = (plain: string, said = plain.replace(/^共?分为/, '')): readonly string[] =>
  classesOnly.test(said)
    ? classNames(said.replace(/([A-E])(?=[A-E])/g, '$1、')).flatMap((name) => {
        const found = className.exec(name)?.groups?.['name']
        return found === undefined ? [] : [/^[A-E]$/.test(found) ? `${found}类` : `${found}风险`]
      })
    : []

/** What a cell of credit-risk classification says. */
export function riskSaid(text: string): Said {
  const plain = squash(text)
  if (plain === '') return {}
  if (/^[-/\\*]+$/.test(plain)) return { notes: [plain] }
  const share = readShareCell(text, '比例').ratio
  if (/%/.test(plain) || share?.kind === 'tiers') return shareSaid(text, '比例')
  const read = readGradesCell(text)
  switch (read?.kind) {
    case 'none':
      return { notes: ['不按信用风险分级'] }
    case 'rising':
      return { tiers: read.grades.map((when) => ({ when })), notes: ['比例逐级递加'], questions: ['没有给出各级比例：各级各按多少抽？'] }
    case 'numbers': {
      const given = read.numbers.map(({ grade, number }) => `${grade}${number}`).join('、')
      const questions = [`各等级的数量（${given}）：是名录库里的户数，还是要抽的户数？`]
      return { tiers: read.numbers.map(({ grade }) => ({ when: grade })), notes: [plain], questions }
    }
    case 'unclear':
    case undefined: {
      const tiers = namesOf(plain).map((when) => ({ when }))
      return { ...(tiers.length === 0 ? {} : { tiers }), notes: [plain], questions: ['各风险等级按多少抽？'] }
    }
    default:
      return assertNever(read)
  }
}
