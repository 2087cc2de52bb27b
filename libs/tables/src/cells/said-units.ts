import { assertNever } from '@dual-random/kernel'
import { splitOutsideBrackets, squash } from '../text.ts'
import { quoted, type Said } from './said.ts'
import { mayBeField } from './unit-names.ts'
import { readingsOf, readUnitsCell, type UnitsReading } from './units.ts'

/** What a cell of departments says. Fields of work without the word for a unit, 公安、消防, are said as they are, and asked about. */
export function partiesSaid(text: string): Said {
  const plain = squash(text)
  const read = readUnitsCell(text)
  const short = splitOutsideBrackets(plain, '、,;/')
  if (read?.kind === 'unclear' && short.length > 0 && short.every(mayBeField)) {
    return { parties: short, partiesMode: 'all', questions: ['没有写部门全称：是哪些单位？'] }
  }
  return unitsSaid(read, plain)
}

const own = /^[仅只]?(?:本|我)/

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
