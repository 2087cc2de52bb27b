import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { en } from '../text/en.ts'
import { CheckBatches } from './check-batches.tsx'

const shown = (...sizes: readonly number[]): string =>
  renderToStaticMarkup(createElement(CheckBatches, { batches: sizes.map((size) => Array.from({ length: size }, () => 'ab')) }))

describe('the check batches of a result', () => {
  it('DRW-16 are told with their sizes, in order', () => {
    expect(shown(3, 2)).toBe('<p>分 2 个检查批次依序检查：第 1 批次 3 个，第 2 批次 2 个。</p>')
    expect(en.draw.result.batches([3, 2])).toBe('Checked in 2 batches, one after the other: batch 1 has 3, batch 2 has 2.')
  })

  it('DRW-16 are not told where all objects are in one', () => {
    expect(shown(5)).toBe('')
  })
})
