export { compareBytes, concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
export { type CanonicalJsonError, canonicalJson, isTooDeep, type Json, parseCanonicalJson } from './canonical-json.ts'
export {
  type CreditCode,
  type CreditCodeError,
  creditCodeCheckCharacter,
  creditCodeErrors,
  creditCodeProblem,
  parseCreditCode,
} from './credit-code.ts'
export { isSoundEd25519Point } from './ed25519-point.ts'
export {
  type Brand,
  type DrawId,
  type InspectorId,
  type ItemCode,
  isId,
  type LineId,
  type ObjectId,
  type PlanId,
  type ResultId,
  type TaskId,
  type UnitId,
  type VisitId,
} from './ids.ts'
export { nameKey } from './name-key.ts'
export { assertNever } from './never.ts'
export { organisationCodeCheckCharacter } from './organisation-code.ts'
export {
  ceilShare,
  compareRatio,
  floorShare,
  formatPercent,
  nearestShare,
  parsePercent,
  type Ratio,
  type RatioError,
  ratioOf,
} from './ratio.ts'
export {
  parseRegionCode,
  provinceOf,
  type RegionCode,
  type RegionLevel,
  regionContains,
  regionLevel,
  regionPrefix,
  selfAndSuperiors,
  superiorRegion,
} from './region-code.ts'
export { err, ok, type Result } from './result.ts'
export { retryDelayMs } from './retry.ts'
export {
  addDays,
  addMs,
  type Clock,
  chinaDateOf,
  daysBetween,
  endOfChinaDate,
  epochMsOf,
  type Instant,
  instantOf,
  type LocalDate,
  parseInstant,
  parseLocalDate,
  startOfChinaDate,
  yearOf,
} from './time.ts'
export { type TlvItem, tlv } from './tlv.ts'
