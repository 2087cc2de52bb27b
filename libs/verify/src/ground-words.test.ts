import { redrawGrounds } from '@dual-random/draw'
import { describe, expect, it } from 'vitest'
import { groundWords } from './ground-words.ts'

describe('grounds of exclusions', () => {
  it('DRW-31 have words in both languages, those of redraws too, and are shown as they are where there are none', () => {
    const known = ['REPEAT_OR_PENDING', 'NOT_ACTIVE', 'SANDBOX', 'WHITE_LIST', ...Object.values(redrawGrounds), 'MERGED']
    const said = known.map((ground) => groundWords(ground))
    expect(said.filter(({ zh, en }) => /^[A-Z_]+$/.test(zh) || /^[A-Z_]+$/.test(en))).toEqual([])
    expect(new Set(said.flatMap(({ zh, en }) => [zh, en])).size).toBe(2 * known.length)
    expect(groundWords('LOCAL_GROUND')).toEqual({ zh: 'LOCAL_GROUND', en: 'LOCAL_GROUND' })
  })
})
