import { compareRatio, type Ratio } from '@dual-random/kernel'
import type { Policy } from '../policy.ts'

const prefix = 'WHITE_LIST_'

/** The stratum of white-list members beside one of a draw: `WHITE_LIST_A`, `WHITE_LIST_UNGRADED`, `WHITE_LIST_ALL`. No grade is named so: grades have no underscore. */
export const whiteListStratum = (beside: string): string => `${prefix}${beside}`

/** The stratum that a stratum of white-list members stands beside; undefined for any other. */
export const besideWhiteList = (stratum: string): string | undefined =>
  stratum.startsWith(prefix) ? stratum.slice(prefix.length) : undefined

/**
 * What the white list (“白名单”, 001 五(三)) means for a draw (DRW-22): its members are drawn by a ratio of their own (TGT-20), or, where
 * policy gives none, not at all, because a check on one's own initiative may be left out (可不主动实施, TGT-21).
 */
export type WhiteListDraw =
  | { readonly effect: 'LEFT_OUT' }
  | {
      readonly effect: 'OWN_RATIO'
      readonly ratio: Ratio
      /** Absent where the rounding of all strata holds. */
      readonly rounding?: 'UP' | 'NEAREST'
    }

/** Undefined where the policy has no white list: membership then changes nothing. */
export function whiteListDraw(policy: Policy): WhiteListDraw | undefined {
  if (policy.find('whiteList') === undefined) return undefined
  const ratio = policy.find('whiteList.ratio')
  if (ratio === undefined) return { effect: 'LEFT_OUT' }
  const rounding = policy.find('whiteList.rounding')
  return { effect: 'OWN_RATIO', ratio, ...(rounding === undefined ? {} : { rounding }) }
}

/** A lower ratio is never a higher one: where the line draws less of the others, it draws no more of the white list. */
export const loweredRatio = (ofOthers: Ratio, ofWhiteList: Ratio): Ratio =>
  compareRatio(ofWhiteList, ofOthers) < 0 ? ofWhiteList : ofOthers
