import type { ItemCode } from '@dual-random/kernel'
import { type CheckItem, checkItemProblems, type ListType } from '../check-item.ts'
import type { ItemPatch } from './item-patch.ts'
import { type AskedAbout, type ItemQuestion, missingPart, openClass, openParent } from './item-questions.ts'
import type { ListedRow } from './listed-row.ts'

/** What holds for every item of the list. */
export interface ListSettings {
  readonly codePrefix?: string
  readonly listType?: ListType
  /** Items of the superiors' lists in force: what an item may stand on (REG-07). */
  readonly superiorItems: readonly CheckItem[]
}

/** An item put together from what the table says and what people settled, with what stays open. */
export interface AssembledItem {
  readonly known: Partial<CheckItem>
  readonly questions: readonly ItemQuestion[]
}

/** Codes do not change while the table stays the same: they count its rows, those left out too. */
export const codeOf = (prefix: string, lineNo: number): ItemCode => `${prefix}-${String(lineNo).padStart(2, '0')}` as ItemCode

export function assembleItem(row: ListedRow, patch: ItemPatch, settings: ListSettings): AssembledItem {
  const known = knownOf(row, patch, settings)
  const about: AskedAbout = { row, known }
  const asked = [
    ...(known.name === undefined && !row.asked.has('name') ? [missingPart('name', about)] : []),
    ...checkItemProblems(withBlanks(known)).flatMap((problem) => {
      const field = problem.code === 'mandatory-part-missing' ? problem.part : problem.code
      return isSettledByOther(row, patch, field) ? [] : [missingPart(field, about)]
    }),
    ...openClass(about),
    ...openParent(about, patch, settings.superiorItems),
  ]
  return { known, questions: asked }
}

/** The item when nothing of it is missing. */
export function wholeItem(known: Partial<CheckItem>): CheckItem | undefined {
  const { code, name, itemClass, fieldClass, listType, parentItemCode } = known
  if (code === undefined || name === undefined || listType === undefined || parentItemCode === undefined) return undefined
  if (itemClass === undefined || fieldClass === undefined) return undefined
  const item = { specialities: [], synthetic: false, ...withBlanks(known), code, name, itemClass, fieldClass, listType, parentItemCode }
  return checkItemProblems(item).length === 0 ? item : undefined
}

function knownOf(row: ListedRow, patch: ItemPatch, { codePrefix, listType, superiorItems }: ListSettings): Partial<CheckItem> {
  const name = patch.name ?? row.name
  const code = patch.itemCode ?? (codePrefix === undefined ? undefined : codeOf(codePrefix, row.lineNo))
  const content = patch.checkContent ?? (patch.checkContentFrom === 'name' ? name : row.checkContent)
  return defined({
    code,
    name,
    itemClass: patch.itemClass ?? row.itemClass,
    fieldClass: patch.fieldClass,
    legalBasis: patch.legalBasis ?? row.legalBasis,
    checkingBody: patch.checkingBody ?? bodiesOf(patch.initiator ?? row.initiator, patch.participants ?? row.participants),
    checkContent: content,
    checkMethod: patch.checkMethod ?? row.checkMethod,
    keyGrounds: patch.keyGrounds ?? [],
    specialities: patch.specialities ?? [],
    applicability: { kinds: patch.kinds ?? [], industryPrefixes: patch.industryPrefixes ?? [], tags: patch.tags ?? [] },
    listType,
    parentItemCode: patch.parentItemCode === undefined ? parentNamed(name, superiorItems) : patch.parentItemCode,
    synthetic: patch.synthetic ?? false,
    ratioCap: patch.ratioCap ?? undefined,
    legalBasisKind: patch.legalBasisKind,
    division: patch.division,
    regionScope: patch.regionScope,
    supervisionMatter: patch.supervisionMatter,
  })
}

/** Null where no superior has a list; undefined while several items, or none, bear the name. */
function parentNamed(name: string | undefined, superiorItems: readonly CheckItem[]): string | null | undefined {
  if (superiorItems.length === 0) return null
  const namesakes = superiorItems.filter((item) => item.name === name)
  return namesakes.length === 1 ? namesakes[0]?.code : undefined
}

/** Who initiates and who takes part, as the checking body of a joint item; undefined while nobody is known to initiate. */
function bodiesOf(initiator: string | undefined, participants: readonly string[] | undefined): string | undefined {
  if (initiator === undefined) return undefined
  if (participants === undefined || participants.length === 0) return initiator
  return [`${initiator}（发起）`, ...participants.map((name) => `${name}（配合）`)].join('、')
}

const readerFields: Readonly<Record<string, readonly string[]>> = {
  checkingBody: ['initiator', 'participants'],
  checkMethod: ['methods'],
}

/** A part that waits for another question: one of the reader's, or that of the name it is taken from. */
const isSettledByOther = ({ asked }: ListedRow, { checkContentFrom }: ItemPatch, field: string): boolean =>
  readerFields[field]?.some((each) => asked.has(each)) === true || (field === 'checkContent' && checkContentFrom === 'name')

/** For judging an item in progress. */
const withBlanks = (known: Partial<CheckItem>) => ({
  legalBasis: '',
  checkingBody: '',
  checkContent: '',
  checkMethod: '',
  keyGrounds: [],
  applicability: { kinds: [], industryPrefixes: [], tags: [] },
  ...known,
})

const defined = <T extends object>(values: { readonly [Key in keyof T]: T[Key] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
