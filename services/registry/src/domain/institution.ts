import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'

/** Experts and bodies that help with an opinion or a test (REG-37): testing body, research institute, industry expert. */
export const supporterKinds = ['TESTING_BODY', 'RESEARCH_INSTITUTE', 'INDUSTRY_EXPERT'] as const

/** Professional institutions that may be entrusted with work (REG-38): accounting firm, tax-agent firm, law firm, or another. */
export const entrustedKinds = ['ACCOUNTING_FIRM', 'TAX_AGENT_FIRM', 'LAW_FIRM', 'OTHER_PROFESSIONAL'] as const

export const institutionKinds = [...supporterKinds, ...entrustedKinds] as const
export type InstitutionKind = (typeof institutionKinds)[number]

export const supportingWork = ['EXPERT_OPINION', 'TESTING'] as const
export const entrustedWork = ['AUDIT', 'CAPITAL_VERIFICATION', 'CONSULTATION', 'OTHER'] as const
export const institutionWork = [...supportingWork, ...entrustedWork] as const
export type InstitutionWork = (typeof institutionWork)[number]

/** The regulator's guidance (指导) or supervision (监督) of an institution (REG-38). */
export const oversightKinds = ['GUIDANCE', 'SUPERVISION'] as const

export type OversightEntry = {
  readonly id: string
  readonly kind: (typeof oversightKinds)[number]
  readonly on: LocalDate
  readonly text: string
  readonly by: string
  readonly at: Instant
}

/** The support of one task: it opens that task to the institution and nothing else (SEC-09). */
export type Engagement = {
  readonly id: string
  readonly taskId: string
  readonly field: string
  readonly work: InstitutionWork
  readonly by: string
  readonly at: Instant
  /** The task is done, or done without it: from here on it is closed to the institution again. */
  readonly ended?: { readonly by: string; readonly at: Instant }
}

/** An expert or institution of a unit's register; never an inspector, never drawn (REG-37, REG-38). */
export interface Institution {
  readonly id: string
  readonly kind: InstitutionKind
  readonly name: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  /** The fields (特定领域) in which it may help. */
  readonly fields: readonly string[]
  readonly permittedWork: readonly InstitutionWork[]
  readonly isActive: boolean
  /** Login names that act for it; absent where none was ever entered. */
  readonly accounts?: readonly string[]
  /** Oldest first; entries are added, never changed. */
  readonly oversight: readonly OversightEntry[]
  readonly engagements: readonly Engagement[]
}

const isEntrusted = (kind: InstitutionKind): boolean => (entrustedKinds as readonly string[]).includes(kind)

/** Work a kind may be permitted at all: supporters support, professional institutions do what they are entrusted with. */
export const workOf = (kind: InstitutionKind): readonly InstitutionWork[] => (isEntrusted(kind) ? entrustedWork : supportingWork)

export type InstitutionRefusal =
  | { readonly code: 'work-not-of-kind'; readonly work: InstitutionWork; readonly kind: InstitutionKind }
  | { readonly code: 'institution-inactive' }
  | { readonly code: 'field-not-agreed'; readonly field: string }
  | { readonly code: 'work-not-permitted'; readonly work: InstitutionWork }

/** Permitted work that the kind of institution must not do. */
export function permissionRefusal(kind: InstitutionKind, permitted: readonly InstitutionWork[]): InstitutionRefusal | undefined {
  const work = permitted.find((each) => !workOf(kind).includes(each))
  return work && { code: 'work-not-of-kind', work, kind }
}

/** Whether an institution may be called in: only for its fields, only for work it is permitted (REG-37, REG-38). */
export function engagementRefusal(
  { isActive, fields, permittedWork }: Institution,
  { field, work }: Pick<Engagement, 'field' | 'work'>,
): InstitutionRefusal | undefined {
  if (!isActive) return { code: 'institution-inactive' }
  if (!fields.includes(field)) return { code: 'field-not-agreed', field }
  return permittedWork.includes(work) ? undefined : { code: 'work-not-permitted', work }
}

/** Adds an entry unless one of its id is there: a request that comes again adds nothing. */
export const withEntry = <T extends { readonly id: string }>(entries: readonly T[], entry: T): readonly T[] =>
  entries.some(({ id }) => id === entry.id) ? entries : [...entries, entry]

/** What a login name may look into for an institution: its open engagements, while it is on the register (SEC-09). */
export const openEngagements = ({ isActive, accounts, engagements }: Institution, account: string): readonly Engagement[] =>
  isActive && accounts?.includes(account) === true ? engagements.filter(({ ended }) => ended === undefined) : []

/** Ends an engagement; undefined for one that is not there. One that has ended stays as it is. */
export function withEnd(
  engagements: readonly Engagement[],
  id: string,
  ended: NonNullable<Engagement['ended']>,
): readonly Engagement[] | undefined {
  const known = engagements.find((engagement) => engagement.id === id)
  if (known === undefined) return undefined
  return known.ended === undefined ? engagements.map((each) => (each === known ? { ...each, ended } : each)) : engagements
}
