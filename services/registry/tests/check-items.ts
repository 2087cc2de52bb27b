import type { ItemCode } from '@dual-random/kernel'
import type { CheckItem } from '../src/domain/check-item.ts'

/** A whole general item. */
export const checkItem = (code: string, members: Partial<CheckItem> = {}): CheckItem => ({
  code: code as ItemCode,
  name: `事项${code}`,
  itemClass: 'GENERAL',
  fieldClass: 'GENERAL',
  legalBasis: '法',
  checkingBody: '部门',
  checkContent: '内容',
  checkMethod: '现场检查',
  keyGrounds: [],
  specialities: [],
  applicability: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [] },
  listType: 'INTERNAL',
  parentItemCode: null,
  synthetic: false,
  ...members,
})
