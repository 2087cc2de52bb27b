import { err, ok, type RegionCode, type Result, regionContains } from '@dual-random/kernel'

/** A clue of planning's register that a check names. */
export interface KnownClue {
  readonly clueId: string
  readonly regionCode: RegionCode
  readonly status: 'OPEN' | 'CLUSTERED' | 'CHECKED' | 'CLOSED'
  /** Whom a case clue concerns; absent where it tells of a group. */
  readonly objectCode?: string
}

export type KnownClueRefusal =
  | { readonly code: 'clue-settled'; readonly clueId: string; readonly status: string }
  | { readonly code: 'clue-of-another-region'; readonly clueId: string; readonly regionCode: string }
  | { readonly code: 'clue-of-another-object'; readonly clueId: string }

/** The check would settle the clues that it names (TGT-15): none that is settled, none of a region that it is not in, none about another object. */
export function checkKnownClues(
  clues: readonly KnownClue[],
  check: { readonly regionCode: RegionCode; readonly objectCode: string },
): Result<true, KnownClueRefusal> {
  for (const { clueId, regionCode, status, objectCode } of clues) {
    if (status === 'CHECKED' || status === 'CLOSED') return err({ code: 'clue-settled', clueId, status })
    if (!regionContains(regionCode, check.regionCode)) return err({ code: 'clue-of-another-region', clueId, regionCode })
    if (objectCode !== undefined && objectCode !== check.objectCode) return err({ code: 'clue-of-another-object', clueId })
  }
  return ok(true)
}
