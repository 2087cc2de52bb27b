import type { Instant, RegionCode } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import type { InspectorPool, Units } from '../ports.ts'
import { inspectorCompleteness } from './inspector-completeness.ts'

const at = '2026-03-02T01:00:00.000Z' as Instant
const subject = { subject: '230300-scj', regionCode: '230300' as RegionCode }
const empty = {
  ofUnits: async function* none() {
    // No inspector.
  },
} as unknown as InspectorPool

it('DQ-02 REG-32 reports what the comparison with the personnel system found, and the pool alone while that has sent nothing', async () => {
  const found = { figures: { certifiedInSource: 4, inPool: 3, missing: 1 }, source: { importId: 'p1', asOf: at }, rows: [] }
  const deps = { units: {} as Units, inspectors: empty }
  expect(await inspectorCompleteness({ ...deps, comparePersonnel: async () => found }).run(subject, at)).toEqual(found)
  expect(await inspectorCompleteness({ ...deps, comparePersonnel: async () => undefined }).run(subject, at)).toEqual({
    figures: { total: 0, active: 0, certified: 0 },
    source: null,
    rows: [],
  })
})
