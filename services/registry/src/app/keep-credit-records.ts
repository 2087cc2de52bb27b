import { type Clock, type Instant, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { type CreditEntry, recordEntry } from '../domain/credit-entry.ts'
import { regraded, risksOf } from '../domain/credit-grading.ts'
import type { CreditRecord, CreditSubject } from '../domain/credit-result.ts'
import type { RegistryEvent } from '../domain/events.ts'
import { raisedWarning, type WarningItem, warningDue } from '../domain/warning-item.ts'
import type { ModuleInForce } from './credit-modules.ts'
import type { RowResult } from './import/row-result.ts'
import { type RowChange, type RowDecision, writeRows } from './import/write-rows.ts'
import { creditId } from './import-credit-results.ts'
import type { CreditRecords } from './ports.ts'
import type { Warnings } from './warning-ports.ts'

export interface KeepCreditDeps {
  readonly credits: CreditRecords
  readonly warnings: Warnings
  readonly clock: Clock
}

/** One subject to be looked at: with an entry that is new of it, or without, to find what time has changed. */
export interface CreditCase {
  readonly line: number
  readonly object: CheckObject
  readonly module: ModuleInForce
  readonly entry?: Omit<CreditEntry, 'recordedAt'>
}

export interface KeptCredit {
  /** What became of each entry, or of the grade where the case has none. */
  readonly results: readonly RowResult[]
  readonly warned: number
}

/** Puts entries into the records of their subjects, grades these anew in the same write, and warns of their risks (CRD-19). Again, it does nothing. */
export async function keepCreditRecords(deps: KeepCreditDeps, cases: readonly CreditCase[], importId: string): Promise<KeptCredit> {
  const results = await writeRows(
    deps.credits,
    cases.map((each) => changeOf(each, importId)),
    deps.clock,
  )
  return { results, warned: await warn(deps, cases) }
}

const subjectOf = (object: CheckObject): CreditSubject => {
  const { objectId, unitId } = object
  return { objectId, regionCode: currentContent(object).regionCode, unitId }
}

function changeOf({ line, object, module, entry }: CreditCase, importId: string): RowChange<CreditRecord> {
  const subject = subjectOf(object)
  const decide = (state: CreditRecord | undefined, at: Instant): RowDecision<CreditRecord> => {
    const kept = entry && recordEntry(state, subject, { ...entry, recordedAt: at })
    const graded = gradeNow(module, kept?.state ?? state, subject, { at, importId })
    const outcome = kept?.outcome ?? (graded === undefined ? 'unchanged' : 'changed')
    const next = graded?.state ?? (kept?.written === true ? kept.state : undefined)
    if (next === undefined) return { outcome }
    // A record written for its grade alone is a change, whatever the entry was.
    return { outcome: outcome === 'unchanged' ? 'changed' : outcome, state: next, events: graded?.events ?? [] }
  }
  return { line, id: creditId(object.objectId), decide }
}

function gradeNow(
  { rules }: ModuleInForce,
  record: CreditRecord | undefined,
  subject: CreditSubject,
  { at, importId }: { readonly at: Instant; readonly importId: string },
): { readonly state: CreditRecord; readonly events: readonly RegistryEvent[] } | undefined {
  const graded = rules && regraded(record, subject, rules, at, { load: rules.digest, importId })
  if (graded === undefined) return undefined
  const { objectId, regionCode } = subject
  const { grade, source, asOf } = graded.result
  return { state: graded.state, events: [{ type: 'credit-result-recorded', objectId, regionCode, grade, source, asOf }] }
}

/** The warnings that the records call for and that are not there yet; one that was closed stays closed. */
async function warn({ credits, warnings, clock }: KeepCreditDeps, cases: readonly CreditCase[]): Promise<number> {
  const now = clock()
  const warning = new Map(cases.filter(({ module }) => module.module.warns).map((each) => [each.object.objectId, each]))
  const records = await credits.ofObjects([...warning.keys()])
  const changes: RowChange<WarningItem>[] = []
  for (const [objectId, { object, module }] of warning) {
    const record = records.get(objectId)
    if (module.rules === undefined || record === undefined) continue
    const { regionCode, unitId } = subjectOf(object)
    for (const { number, matter, raisedAt } of risksOf(record, module.rules, now)) {
      const warningId = toHex(sha256(tlv('warning', 'CREDIT_MODULE', number, objectId))).slice(0, 32)
      const decide = (known: WarningItem | undefined, at: Instant): RowDecision<WarningItem> => {
        if (known !== undefined) return { outcome: 'unchanged' }
        const dueDate = warningDue(undefined, module.dueDays, at)
        const content = { source: 'CREDIT_MODULE' as const, number, field: null, matter, raisedAt, dueDate }
        const { objectCode } = object
        const state = raisedWarning({ warningId, regionCode, unitId, objectId, objectCode, content, receivedAt: at })
        return { outcome: 'created', state, events: [] }
      }
      changes.push({ line: changes.length, id: warningId, decide })
    }
  }
  const written = await writeRows(warnings, changes, clock)
  return written.filter(({ outcome }) => outcome === 'created').length
}
