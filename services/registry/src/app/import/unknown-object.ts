import type { ImportProblem } from '@dual-random/tables'
import { objectCodeNames } from '../registers/objects.ts'

/** A row about an object that no pool has; `action` is what its importer should do. */
export const unknownObject = (line: number, objectCode: string, action: string): ImportProblem => ({
  line,
  column: objectCodeNames[0] ?? '',
  value: objectCode,
  code: 'object-unknown',
  reason: '检查对象名录库中没有这个对象',
  action,
})
