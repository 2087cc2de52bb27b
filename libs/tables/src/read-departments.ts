import { assertNever } from '@dual-random/kernel'
import { noneAnswer } from './answer.ts'
import { roleSaid } from './cells/unit-leads.ts'
import { separated } from './cells/unit-separators.ts'
import { readingsOf, readUnitsCell, type UnitsReading } from './cells/units.ts'
import { ask, type QuestionDraft, quote } from './finding.ts'
import type { QuestionSource } from './question.ts'
import { cleanName, splitOutsideBrackets, squash } from './text.ts'

/** The unit's own name for a name in a table; undefined when no such unit is known. */
export type UnitResolver = (name: string) => string | undefined

/** Departments of one cell: what it says, the names when they are certain, what must be asked when not. */
export interface DepartmentsFinding {
  readonly reading?: UnitsReading
  readonly names?: readonly string[]
  readonly draft?: QuestionDraft
}

const asWritten: UnitResolver = (name) => name
const explicitNone = /^(?:无|\/|-)$/
const nameOptions = (names: readonly string[]) => names.map((name) => ({ value: name, textZh: name }))

function resolveAll(names: readonly string[], resolve: UnitResolver): { known: readonly string[]; unknown: readonly string[] } {
  const resolved = names.map((name) => ({ name, unit: resolve(name) }))
  return {
    known: resolved.flatMap(({ unit }) => unit ?? []),
    unknown: resolved.filter(({ unit }) => unit === undefined).map(({ name }) => name),
  }
}

function conditionsZh(reading: Extract<UnitsReading, { kind: 'either' }>): string {
  const given = reading.conditions.map(({ when, unit }) => `${when}时为${unit}`)
  return given.length === 0 ? '' : `（${given.join('；')}）`
}

const levelled = (reading: Extract<UnitsReading, { kind: 'levels' }>): readonly string[] =>
  reading.levels.map((level) => `${level}级${reading.name}`)

/** A list of names each of which is a unit's own, whatever words these have in them; undefined where any is not. */
function knownNames(raw: string, resolver: UnitResolver | undefined): UnitsReading | undefined {
  const parts = splitOutsideBrackets(cleanName(raw), '、，,；;')
  const isKnown = resolver !== undefined && parts.length > 0 && parts.every((part) => resolver(part) !== undefined)
  return isKnown ? { kind: 'units', names: parts, asWritten: parts } : undefined
}

/** The role that a cell says its units have; none where its words are the names of units. */
const roleIn = ({ raw }: QuestionSource, resolver: UnitResolver | undefined): ReturnType<typeof roleSaid> =>
  knownNames(raw, resolver) === undefined ? roleSaid(separated(raw)) : undefined

/** 甲局（牵头）、乙局（配合） in one cell: who leads initiates and the others take part. Undefined where it says less, or names who is not known. */
export function readLeadAndHelpers(
  { raw }: QuestionSource,
  resolve: UnitResolver = asWritten,
): { readonly initiator: DepartmentsFinding; readonly participants: DepartmentsFinding } | undefined {
  const reading = readUnitsCell(raw)
  if (reading?.kind !== 'lead' || reading.unnamed.length > 0) return undefined
  const { known, unknown } = resolveAll([reading.lead, ...reading.names], resolve)
  return unknown.length > 0 ? undefined : { initiator: { reading, names: known.slice(0, 1) }, participants: { names: known.slice(1) } }
}

/** Reads the cell of the department that initiates; exactly one name is certain. */
export function readInitiator(source: QuestionSource, resolver?: UnitResolver): DepartmentsFinding {
  const resolve = resolver ?? asWritten
  const text = { field: 'initiator', form: 'unit' } as const
  const reading = knownNames(source.raw, resolver) ?? readUnitsCell(source.raw)
  const whole = reading?.kind === 'levels' ? resolver?.(cleanName(source.raw)) : undefined
  const asked = (code: string, textZh: string, names: readonly string[] = []): DepartmentsFinding => ({
    ...(reading === undefined ? {} : { reading }),
    draft: ask(source, { ...text, code, textZh, options: nameOptions(names) }),
  })
  if (reading === undefined) return asked('missing-initiator', '没有写发起部门：哪个部门发起？')
  if (reading.kind === 'units' && roleIn(source, resolver) === 'help')
    return asked('initiator-takes-part', `发起部门一栏写的是${quote(source)}：哪个部门发起？`)
  switch (reading.kind) {
    case 'units': {
      const { known, unknown } = resolveAll(reading.names, resolve)
      if (unknown.length > 0) return asked('unknown-unit', `不认识“${unknown.join('、')}”：是本地的哪个单位？`)
      if (known.length > 1) return asked('several-initiators', `${quote(source)}有几个发起部门：由哪个发起？`, known)
      return { reading, names: known }
    }
    case 'either':
      return asked(
        'conditional-initiator',
        `${quote(source)}由几个部门之一发起${conditionsZh(reading)}：这一项由哪个发起？`,
        reading.isMixed === true ? [...reading.always, ...reading.alternatives] : reading.alternatives,
      )
    case 'levels':
      if (whole !== undefined) return { reading, names: [whole] }
      return asked('unit-of-several-levels', `${quote(source)}是几个层级的部门：由哪个单位发起？`, levelled(reading))
    case 'lead':
      return asked('several-initiators', `${quote(source)}有几个单位：由哪个发起？`, [reading.lead])
    case 'unnamed':
    case 'unclear':
      return asked('initiator-not-understood', `发起部门${quote(source)}没有读懂：哪个部门发起？`)
    default:
      return assertNever(reading)
  }
}

/** Reads the cell of the departments that take part; a blank one is asked about, 无 means none. */
export function readParticipants(source: QuestionSource, resolver?: UnitResolver): DepartmentsFinding {
  const resolve = resolver ?? asWritten
  if (explicitNone.test(squash(source.raw))) return { names: [] }
  const reading = knownNames(source.raw, resolver) ?? readUnitsCell(source.raw)
  const none = [{ value: noneAnswer, textZh: '没有参与部门' }]
  const asked = (code: string, textZh: string): DepartmentsFinding => ({
    ...(reading === undefined ? {} : { reading }),
    draft: ask(source, { field: 'participants', form: 'units', code, textZh, ...(reading === undefined ? { options: none } : {}) }),
  })
  if (reading === undefined) return asked('missing-participants', '没有写参与部门：有哪些部门参与？')
  if (reading.kind === 'units' && roleIn(source, resolver) === 'lead')
    return asked('participant-leads', `参与部门一栏写的是${quote(source)}：有哪些部门参与？`)
  switch (reading.kind) {
    case 'units': {
      const { known, unknown } = resolveAll(reading.names, resolve)
      if (unknown.length > 0) return asked('unknown-unit', `不认识“${unknown.join('、')}”：参与的是本地哪些单位？`)
      if (reading.isSlashed === true) return asked('participants-slashed', `${quote(source)}是都参与，还是其中之一：有哪些部门参与？`)
      return { reading, names: known }
    }
    case 'either': {
      const said = reading.isMixed === true ? `可以是${readingsOf(reading)}` : '中有几个部门之一'
      return asked('conditional-participants', `${quote(source)}${said}${conditionsZh(reading)}：这一项有哪些部门参与？`)
    }
    case 'levels':
      return asked('unit-of-several-levels', `${quote(source)}是几个层级的部门：参与的是哪些单位？`)
    case 'lead':
      return asked('participants-not-understood', `参与部门${quote(source)}分主次：有哪些单位参与？`)
    case 'unnamed':
      return asked('participants-unnamed', `${quote(source)}没有点名：有哪些部门参与？`)
    case 'unclear':
      return asked('participants-not-understood', `参与部门${quote(source)}没有读懂：有哪些部门参与？`)
    default:
      return assertNever(reading)
  }
}
