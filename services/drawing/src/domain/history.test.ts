import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { after, happened } from '../../tests/fixtures.ts'
import type { DrawEvent } from './commands.ts'
import { type Actor, brokenLink, extendHistory, type HistoryEntry, stateAt, stepsOf } from './history.ts'

const { frozen, prepared, committed, drawn } = happened
const at = (minute: number): Instant => `2026-03-02T01:${String(minute).padStart(2, '0')}:00.000Z` as Instant
const actor = (subject: string): Actor => ({
  subject,
  unitId: 'u1' as UnitId,
  regionCode: '230300' as RegionCode,
  roles: ['DRAW_ORGANISER'],
})

const steps: readonly (readonly [Instant, string, readonly DrawEvent[]])[] = [
  [at(0), 'li', [frozen]],
  [at(10), 'wang', [prepared, committed]],
  [at(30), 'service-drawing', [drawn]],
]
const history = steps.reduce<readonly HistoryEntry[]>(
  (kept, [when, who, events]) => extendHistory(kept, events, { at: when, by: actor(who) }),
  [],
)

describe('the history of a draw', () => {
  it('ACC-07 says of every step who took it, when, and the state before and after', () => {
    expect(stepsOf(history)).toEqual([
      { at: at(0), by: actor('li'), what: 'frozen', before: null, after: 'FROZEN' },
      { at: at(10), by: actor('wang'), what: 'prepared', before: 'FROZEN', after: 'FROZEN' },
      { at: at(10), by: actor('wang'), what: 'committed', before: 'FROZEN', after: 'COMMITTED' },
      { at: at(30), by: actor('service-drawing'), what: 'drawn', before: 'COMMITTED', after: 'DRAWN' },
    ])
    expect(stepsOf([])).toEqual([])
  })

  it('ACC-08 gives the draw as it was at any instant', () => {
    expect(stateAt(history, '2026-03-02T00:59:59.999Z' as Instant)).toBeUndefined()
    expect(stateAt(history, at(0))).toEqual(after(frozen))
    expect(stateAt(history, at(9))).toEqual(after(frozen))
    expect(stateAt(history, at(10))).toEqual(after(frozen, prepared, committed))
    expect(stateAt(history, at(59))).toEqual(after(frozen, prepared, committed, drawn))
  })

  it('ACC-07 shows the first step that was changed, taken out, put in or moved', () => {
    const [one, two, three, four] = history as readonly [HistoryEntry, HistoryEntry, HistoryEntry, HistoryEntry]
    expect(brokenLink(history)).toBeUndefined()
    expect(brokenLink([])).toBeUndefined()
    expect(brokenLink([one, { ...two, by: actor('zhao') }, three, four])).toBe(1)
    expect(brokenLink([one, two, { ...three, at: at(11) }, four])).toBe(2)
    expect(brokenLink([one, two, three, { ...four, event: { type: 'voided', reason: '' } }])).toBe(3)
    expect(brokenLink([one, three, four])).toBe(1)
    expect(brokenLink([two, three, four])).toBe(0)
    expect(brokenLink([one, two, two, three, four])).toBe(2)
    expect(brokenLink([one, two, four, three])).toBe(2)
  })

  it('ACC-07 links what is stored: a member without a value makes no difference', () => {
    const stored = JSON.parse(JSON.stringify(history)) as readonly HistoryEntry[]
    expect(brokenLink(stored)).toBeUndefined()
    const [first] = extendHistory([], [{ ...frozen, note: undefined } as DrawEvent], { at: at(0), by: actor('li') })
    expect(first?.link).toBe(history[0]?.link)
  })
})
