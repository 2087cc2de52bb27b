import { describe, expect, it } from 'vitest'
import { after, happened, snapshot } from '../../tests/fixtures.ts'
import { drawBody, publicDrawBody } from './draw-body.ts'
import { drawSchema } from './schemas.ts'

const stale = { dataset: 'CREDIT_RESULTS', of: '230300', limitDays: 31 }
const draw = (more: Partial<typeof snapshot & { staleSources: readonly (typeof stale)[] }>) =>
  after({ ...happened.frozen, snapshot: { ...snapshot, ...more } })

describe('a draw as it is shown', () => {
  it('DQ-07 flags stale sources to those who read draws, not to everyone', () => {
    expect(drawBody(draw({ staleSources: [stale] }))).toMatchObject({ staleSources: [stale] })
    expect(drawBody(draw({ staleSources: [] }))).toMatchObject({ staleSources: [] })
    expect(publicDrawBody(draw({ staleSources: [stale] }))).not.toHaveProperty('staleSources')
  })

  it('DQ-07 shows a draw that was stored before sources were told of, without saying that none was stale', () => {
    const body = drawBody(draw({}))
    expect(body).not.toHaveProperty('staleSources')
    expect(drawSchema.safeParse(body).success).toBe(true)
  })
})
