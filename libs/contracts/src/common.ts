export {
  CheckMethod,
  type DateWindow,
  FieldClass,
  ItemClass,
  ObjectKind,
  PlanType,
  type PolicyRef,
  type Ratio,
  ResultType,
  SelectionMode,
  UnitKind,
} from './gen/dualrandom/common/v1/common.ts'
