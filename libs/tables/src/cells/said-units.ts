import { assertNever } from '@dual-random/kernel'
import { halfWidth, splitOutsideBrackets, squash } from '../text.ts'
import { merge, quoted, type Said } from './said.ts'
import { endsLikeUnit, mayBeField } from './unit-names.ts'
import { byDuty } from './unit-separators.ts'
import { readingsOf, readUnitsCell, type UnitsReading } from './units.ts'

/** What a cell of departments says. Fields of work without the word for a unit, 公安、消防, are said as they are, and asked about. */
export function partiesSaid(text: string): Said {
  const plain = squash(text)
  const read = readUnitsCell(text)
  const duty = byDuty.test(plain) && read?.kind !== 'unclear' ? { notes: ['按职责分工'] } : {}
  return merge(read?.kind === 'unclear' ? (fieldsSaid(text) ?? unitsSaid(read, plain)) : unitsSaid(read, plain), duty)
}

/** 卫健、文旅, 文旅牵头、公安配合; undefined where a part is more than a field of work. */
function fieldsSaid(text: string): Said | undefined {
  const fields = halfWidth(text)
    .trim()
    .split(/(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2})/)
  const parts = splitOutsideBrackets(squash(fields.join(fields.some(endsLikeUnit) ? '' : '、')).replace(byDuty, ''), '、,;/').map(
    (part) => /^由?(?<name>.+?)(?<role>牵头|配合|参与)?$/.exec(part)?.groups,
  )
  const names = parts.flatMap((part) => part?.['name'] ?? [])
  const leads = parts.filter((part) => part?.['role'] === '牵头')
  if (names.length === 0 || leads.length > 1 || !names.every(mayBeField)) return undefined
  if (parts.some((part) => part?.['role'] !== undefined) && names.some(endsLikeUnit)) return undefined
  const notes = leads.map((lead) => `${lead?.['name']}牵头`)
  return { parties: names, partiesMode: 'all', notes, questions: ['没有写部门全称：是哪些单位？'] }
}

const own = /^[仅只]?(?:本|我)|^[省市县区旗州盟](?:\([^()]*\))?局$|内部$/

function others(unnamed: readonly string[]): Said {
  if (unnamed.length === 0) return {}
  const said = `没有点名：${unnamed.join('、')}`
  const notes = [unnamed.every((words) => own.test(words)) ? said : `与其他部门联合，${said}`]
  return { notes, questions: ['还有没写出的部门：是哪些？'] }
}

/** 甲局/乙局 leaves open whether both check, 科技、工信和商务局 whether the ending is that of two departments or of three. */
function namedSaid({ names, asWritten, isSlashed }: Extract<UnitsReading, { kind: 'units' }>): Said {
  if (isSlashed === true) return { parties: names, questions: [`“${names.join('/')}”：是都参加，还是其中之一？`] }
  const isShared = names.some((name, index) => name !== asWritten[index])
  const joined = names.find((name, index) => isShared && name === asWritten[index] && /[和与及]/.test(name))
  const questions = joined === undefined ? [] : [`“${joined}”是一个部门，还是几个部门？`]
  return { parties: names, partiesMode: 'all', questions }
}

function unitsSaid(units: UnitsReading | undefined, plain: string): Said {
  switch (units?.kind) {
    case undefined:
      return {}
    case 'units':
      return namedSaid(units)
    case 'either': {
      if (units.isMixed === true) {
        return { parties: [...units.always, ...units.alternatives], questions: [`${readingsOf(units)}：是哪一种？`] }
      }
      const also = units.always.length === 0 ? [] : [`另有：${units.always.join('、')}`]
      return {
        parties: [...units.alternatives, ...units.always],
        partiesMode: 'oneOf',
        notes: [`择一：${units.alternatives.join('、')}`, ...also, ...units.conditions.map(({ when, unit }) => `${when}时为${unit}`)],
      }
    }
    case 'levels':
      return { parties: [units.name], partiesMode: 'all', notes: [`层级：${units.levels.join('、')}`] }
    case 'lead': {
      const { notes = [], ...rest } = others(units.unnamed)
      return { parties: [units.lead, ...units.names], partiesMode: 'all', ...rest, notes: [`${units.lead}牵头`, ...notes] }
    }
    case 'unnamed': {
      const named = units.names.length === 0 ? {} : { parties: units.names, partiesMode: 'all' as const }
      return { ...named, ...others(units.unnamed) }
    }
    case 'unclear':
      return { questions: [`部门没有读懂${quoted(plain)}：是哪些？`] }
    default:
      return assertNever(units)
  }
}
