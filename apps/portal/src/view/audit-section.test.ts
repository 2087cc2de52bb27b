import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { PublicDraw } from '../api/public-draw.ts'
import { AuditSection } from './audit-section.tsx'

const shown = (audit?: PublicDraw['audit']): string =>
  renderToStaticMarkup(createElement(AuditSection, audit === undefined ? {} : { audit }))
const dueAt = '2026-04-01T01:00:00.000Z'

describe('the audit of a draw', () => {
  it('DRW-32 is shown with who made it and what it found', () => {
    const done = [
      { unitId: '230000-scj', at: '2026-03-10T01:00:00.000Z', findings: 0 },
      { unitId: '230400-scj', at: '2026-03-11T01:00:00.000Z', findings: 2 },
    ]
    const page = shown({ dueAt, missing: false, done })
    expect(page).toMatch(/230000-scj[^<]*无发现/)
    expect(page).toMatch(/230400-scj[^<]*2 处发现/)
    expect(page).not.toContain('尚无复核')
  })

  it('DRW-32 is shown as due until its instant, and as missing from then on', () => {
    expect(shown({ dueAt, missing: false, done: [] })).toContain('尚无复核，应在 2026')
    expect(shown({ dueAt, missing: true, done: [] })).toContain('role="alert">逾期未复核')
    // Whoever organises the draw audits nothing for others.
    const own = [{ unitId: '230300-scj', at: '2026-03-10T01:00:00.000Z', findings: 0 }]
    expect(shown({ dueAt, missing: true, done: own })).toContain('逾期未复核')
    expect(shown({ missing: false, done: [] })).toContain('尚无复核。')
  })

  it('DRW-32 is not spoken of before the match', () => {
    expect(shown()).toBe('')
  })
})
