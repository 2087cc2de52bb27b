import * as common from './common.ts'

/** The identifier of Appendix A behind a wire name: `NO_PROBLEM` of `RESULT_TYPE_NO_PROBLEM`. */
type Bare<Prefix extends string, Wire> = Wire extends `${Prefix}_${infer Name}` ? (Name extends 'UNSPECIFIED' ? never : Name) : never

interface EnumNames<Wire extends string, Name extends string> {
  readonly all: readonly Name[]
  /** Undefined for the unspecified value and for one this build does not know. */
  toName(wire: Wire | 'UNRECOGNIZED'): Name | undefined
  toWire(name: Name): Wire
  isName(text: string): text is Name
}

function enumNames<Prefix extends string, Wire extends string>(
  prefix: Prefix,
  values: Readonly<Record<string, Wire>>,
): EnumNames<Exclude<Wire, 'UNRECOGNIZED'>, Bare<Prefix, Wire>> {
  type Name = Bare<Prefix, Wire>
  const all = Object.values(values)
    .filter((wire) => wire !== 'UNRECOGNIZED' && wire !== `${prefix}_UNSPECIFIED`)
    .map((wire) => wire.slice(prefix.length + 1) as Name)
  const known = new Set<string>(all)
  return {
    all,
    toName: (wire) => {
      const name = wire.slice(prefix.length + 1)
      return known.has(name) ? (name as Name) : undefined
    },
    toWire: (name) => `${prefix}_${name}` as Exclude<Wire, 'UNRECOGNIZED'>,
    isName: (text): text is Name => known.has(text),
  }
}

export const objectKinds = enumNames('OBJECT_KIND', common.ObjectKind)
export const unitKinds = enumNames('UNIT_KIND', common.UnitKind)
export const itemClasses = enumNames('ITEM_CLASS', common.ItemClass)
export const fieldClasses = enumNames('FIELD_CLASS', common.FieldClass)
export const planTypes = enumNames('PLAN_TYPE', common.PlanType)
export const checkMethods = enumNames('CHECK_METHOD', common.CheckMethod)
export const selectionModes = enumNames('SELECTION_MODE', common.SelectionMode)
export const redrawPurposes = enumNames('REDRAW_PURPOSE', common.RedrawPurpose)
export const resultTypes = enumNames('RESULT_TYPE', common.ResultType)

export type ObjectKindName = (typeof objectKinds.all)[number]
export type UnitKindName = (typeof unitKinds.all)[number]
export type ItemClassName = (typeof itemClasses.all)[number]
export type FieldClassName = (typeof fieldClasses.all)[number]
export type PlanTypeName = (typeof planTypes.all)[number]
export type CheckMethodName = (typeof checkMethods.all)[number]
export type SelectionModeName = (typeof selectionModes.all)[number]
export type RedrawPurposeName = (typeof redrawPurposes.all)[number]
export type ResultTypeName = (typeof resultTypes.all)[number]
