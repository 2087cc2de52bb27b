import { creditCodeProblem, type RegionCode } from '@dual-random/kernel'
import { identityRegion } from './identity.ts'
import { type DrawStatus, isEnded } from './told-draw.ts'

export type OpeningRefusal =
  | { readonly code: 'opening-draw-not-closed' }
  /** It came to nothing, so nobody has a place in it. */
  | { readonly code: 'opening-draw-ended'; readonly status: DrawStatus }
  | { readonly code: 'opening-other-draw-open' }

/**
 * Why objects do not get their own openings of a draw yet (rule 11): all get them at once, when this draw is closed, and with it every draw that its
 * exclusions name, since who is excluded as drawn before learns of that draw, and its redraws in this city, whose labels are the same. It is asked of the draw
 * alone, never of an object, so that before the visits the answer is the same for the drawn and the others (SEC-05). A draw that nothing was heard
 * of is not closed.
 */
export function ownOpeningRefusal(status: DrawStatus | undefined, beside: readonly (DrawStatus | undefined)[]): OpeningRefusal | undefined {
  if (status === 'VOID' || status === 'FAILED') return { code: 'opening-draw-ended', status }
  if (status !== 'CLOSED') return { code: 'opening-draw-not-closed' }
  return beside.every(isEnded) ? undefined : { code: 'opening-other-draw-open' }
}

/** Whether the party of a code is the object of that code in a region's draw: a credit code names one object everywhere, any other one of its own city. */
export const isSameObject = (objectCode: string, partyRegion: RegionCode, drawRegion: RegionCode): boolean =>
  creditCodeProblem(objectCode) === undefined || identityRegion(partyRegion) === identityRegion(drawRegion)

export type NoticeRefusal = { readonly code: 'opening-draw-not-matched' } | { readonly code: 'opening-object-excluded' }

/**
 * Why the opening of an object does not go on the notice of its check: there is no check before inspectors are matched, and none of an object that
 * could not be drawn. Whether the visit has come is inspection's to know.
 */
export function noticeOpeningRefusal(status: DrawStatus | undefined, isExcluded: boolean): NoticeRefusal | undefined {
  if (status !== 'MATCHED' && status !== 'CLOSED') return { code: 'opening-draw-not-matched' }
  return isExcluded ? { code: 'opening-object-excluded' } : undefined
}
