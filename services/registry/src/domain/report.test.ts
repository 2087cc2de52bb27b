import type { LocalDate } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { runId } from './report.ts'

it('DQ-02 a report has one run a day for each of its subjects, and later days sort behind', () => {
  const id = runId('CREDIT_MATCH', '230300', '2026-03-02' as LocalDate)
  expect(runId('CREDIT_MATCH', '230300', '2026-03-02' as LocalDate)).toBe(id)
  const others = [
    runId('OBJECT_POOL_RECONCILIATION', '230300', '2026-03-02' as LocalDate),
    runId('CREDIT_MATCH', '230400', '2026-03-02' as LocalDate),
    runId('CREDIT_MATCH', '230300', '2026-03-10' as LocalDate),
  ]
  expect(new Set([id, ...others]).size).toBe(4)
  expect([...others, id].sort().at(-1)).toBe(others[2])
})
