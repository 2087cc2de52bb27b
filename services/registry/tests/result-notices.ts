import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import type { CheckResultNotice } from '../src/domain/result-delivery.ts'

/** What is told of a result without a problem, recorded on 1 May 2026. */
export const resultNotice = (resultId: string): CheckResultNotice => ({
  resultId,
  taskId: 't1',
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
  objectId: 'ab'.repeat(16),
  objectCode: '91230302MA0000001X',
  objectName: '示例企业',
  objectKind: 'ENTERPRISE',
  itemCode: 'SP-01',
  itemName: '餐饮服务食品安全检查',
  resultType: 'NO_PROBLEM',
  subValue: null,
  recordedAt: '2026-05-01T02:00:00.000Z' as Instant,
})
