declare const brand: unique symbol

/** A string that the compiler keeps apart from every other string. */
export type Brand<Name extends string> = string & { readonly [brand]: Name }

export type ObjectId = Brand<'ObjectId'>
export type InspectorId = Brand<'InspectorId'>
export type UnitId = Brand<'UnitId'>
export type ItemCode = Brand<'ItemCode'>
export type PlanId = Brand<'PlanId'>
export type LineId = Brand<'LineId'>
export type DrawId = Brand<'DrawId'>
export type TaskId = Brand<'TaskId'>
export type VisitId = Brand<'VisitId'>
export type ResultId = Brand<'ResultId'>

const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,95}$/

/** Whether a text may be an id: it becomes a store key, a topic key and a URL segment, so it has no dot, slash or space. */
export const isId = (text: string): boolean => idPattern.test(text)
