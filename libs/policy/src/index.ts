export { type DraftApproval, type PolicyBinding, parseBinding } from './binding.ts'
export { allPolicyKeys, isPolicyKey, keyLabel, type PolicyKey, type PolicyValues, policyKeyNamed, policyKeys } from './keys.ts'
export { countOverrides, type OverrideError, type OverrideRecord, type OverrideRequest, recordOverride } from './override.ts'
export {
  canonicalPolicy,
  type Policy,
  type PolicyContent,
  type PolicyOrigin,
  type PolicyUnset,
  type PresetId,
  policyOf,
  type ResolvedEntry,
} from './policy.ts'
export { policyFromJson } from './policy-json.ts'
export { type PolicyLayer, type PolicyStack, stackOfPreset, stackOfRegion } from './policy-layers.ts'
export { type Preset, parsePreset, type RuleStrength, type SourceDocument, type ValueEntries, type ValueEntry } from './preset.ts'
export type { ResolveError } from './resolve-error.ts'
export { policyOfStack, resolvePolicy } from './resolve-policy.ts'
export { type Band, type BandCheck, bandFor, checkBand, gradeFor, type RatioSubject, type UnknownGrade } from './rules/bands.ts'
export { batchOrderFrom, batchOrderReached, drawsBatchByBatch, type OrderedLine } from './rules/batch-order.ts'
export { type ClueSourceError, checkClueSource, otherSource } from './rules/clue-source.ts'
export {
  type CoverageGroup,
  type CoverageRange,
  coverageRange,
  type YearFloorProgress,
  yearFloorProgress,
} from './rules/coverage.ts'
export { bandDeparture, type DrawCount, drawCount, type Rounding } from './rules/draw-count.ts'
export { isPlanOnTime, type PlanDue, type PlanType, planDue } from './rules/plan-due.ts'
export { type ClockEvents, type PublicationClock, publicationClock, type WorkingDayCounter } from './rules/publication-clock.ts'
export {
  type DrawOfSubject,
  decideRepeat,
  type EarlierDraw,
  isLowRisk,
  isRepeatOpen,
  type RepeatBasis,
  type RepeatDecision,
  type RepeatGrounds,
} from './rules/repeat.ts'
export {
  type CheckedResult,
  checkResult,
  isNegativeResult,
  type ResultEntry,
  type ResultSubValue,
  type ResultType,
  type ResultTypeError,
} from './rules/result-type.ts'
export { type FurtherMode, type PolicyModes, policyModes } from './rules/selection-modes.ts'
export { type ResultTimes, type TaskCompletion, taskCompletion } from './rules/task-completion.ts'
export { type TeamLeader, teamLeader } from './rules/team-leader.ts'
export { besideWhiteList, loweredRatio, type WhiteListDraw, whiteListDraw, whiteListStratum } from './rules/white-list.ts'
export { type KeyStep, stepsOfKey } from './steps-of-key.ts'
export type { PolicyFileError } from './validate.ts'
export { citationKinds } from './values/credit.ts'
