import { appError } from '@dual-random/errors'
import { type Clock, canonicalJson, chinaDateOf, type Json, type RegionCode, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { Policy } from '@dual-random/policy'
import type { CreditGrading, CreditModule } from '../domain/credit-grading.ts'
import { policyIfBound } from './list-publishing.ts'
import { type PolicyBook, requireRule } from './policy-book.ts'

/** The credit module of a region as its policy has it (CRD-19). */
export interface ModuleInForce {
  readonly module: CreditModule
  /** Undefined while the region has no rules: entries are then kept and nothing is graded. */
  readonly rules: GradingInForce | undefined
  /** Days to act on a warning, where policy gives any. */
  readonly dueDays: number | undefined
}

export interface GradingInForce {
  readonly module: CreditModule
  readonly grading: CreditGrading
  /** Digest of the rules: what a grade found by them rests on. */
  readonly digest: string
}

/** Looks each region up once. Undefined where the module is off or no policy is bound. */
export function creditModules({
  book,
  clock,
}: {
  readonly book: PolicyBook
  readonly clock: Clock
}): (regionCode: RegionCode) => Promise<ModuleInForce | undefined> {
  const date = chinaDateOf(clock())
  const known = new Map<RegionCode, Promise<ModuleInForce | undefined>>()
  const lookUp = async (regionCode: RegionCode): Promise<ModuleInForce | undefined> => {
    const policy = await policyIfBound(book, regionCode, date)
    const module = policy?.find('credit.module')
    if (policy === undefined || module === undefined) return undefined
    return { module, rules: isGradable(policy) ? rulesOf(policy) : undefined, dueDays: policy.find('warning.due')?.days }
  }
  return (regionCode) => {
    const found = known.get(regionCode) ?? lookUp(regionCode)
    known.set(regionCode, found)
    return found
  }
}

/** Refuses where the module is off (POL-04 names the key). */
export async function requireCreditModule(
  { book, clock }: { readonly book: PolicyBook; readonly clock: Clock },
  regionCode: RegionCode,
): Promise<void> {
  const { policy } = await book.inForce(regionCode, chinaDateOf(clock()))
  requireRule(policy.get('credit.module'))
}

/** Refuses where nothing can be graded: the module is off, the rules are unset, or their grades are not those draws are stratified by. */
export async function requireGrading(
  { book, clock }: { readonly book: PolicyBook; readonly clock: Clock },
  regionCode: RegionCode,
): Promise<void> {
  const { policy } = await book.inForce(regionCode, chinaDateOf(clock()))
  requireRule(policy.get('credit.module'))
  const grades = requireRule(policy.get('credit.grading')).grades.map(({ grade }) => grade)
  if (!fitsScheme(policy)) {
    const scheme = requireRule(policy.get('gradeScheme')).lowToHigh
    throw appError('failed-precondition', 'credit-grades-differ', { meta: { grades: grades.join('、'), scheme: scheme.join('、') } })
  }
}

const isGradable = (policy: Policy): boolean => policy.find('credit.grading') !== undefined && fitsScheme(policy)

/** A grade that is the general result must be one that draws know. */
function fitsScheme(policy: Policy): boolean {
  if (policy.find('credit.module')?.grade !== 'AS_GENERAL_RESULT') return true
  const grades = policy.find('credit.grading')?.grades.map(({ grade }) => grade)
  return policy.find('gradeScheme')?.lowToHigh.join() === grades?.join()
}

function rulesOf(policy: Policy): GradingInForce {
  const module = requireRule(policy.get('credit.module'))
  const grading = requireRule(policy.get('credit.grading'))
  return { module, grading, digest: toHex(sha256(utf8(canonicalJson(grading as unknown as Json)))) }
}
