import { rankLabels } from '@dual-random/draw'
import { describe, expect, it } from 'vitest'
import { demoBundle, hashNamed } from '../tests/index.ts'
import { readDraw } from '../tests/read-draw.ts'
import { proofOfLabel } from './label-proof.ts'
import type { VerifiedBundle } from './verify-bundle.ts'

const hash = hashNamed('sha256')
const draw = readDraw(demoBundle())
const bundle: VerifiedBundle = {
  ...draw,
  rosters: new Map([[draw.commitment.regionCode, draw.roster]]),
  openings: undefined,
  opening: undefined,
  wholeLog: true,
  failure: undefined,
  shortBeaconKeyAgeSeconds: undefined,
  audits: undefined,
  shortMarginSeconds: undefined,
  undrawn: undefined,
}
const { transcript, commitment, roster } = draw
const proofOf = (label: string, of = bundle) => proofOfLabel(hash, of, label)
const drawn = transcript.strata.flatMap((one) => one.drawn.map(({ label }) => label))

describe('why one label was drawn or not', () => {
  it('DRW-34 gives every member of the mapped set its line, stratum and ticket', () => {
    for (const [index, { label, stratum }] of roster.entries()) {
      const [own] = rankLabels(hash, transcript.seed, ['object', stratum], [label])
      const { cutOff } = transcript.strata.find((one) => one.stratum === stratum) as (typeof transcript.strata)[number]
      const { root } = commitment.snapshot
      expect(proofOf(label)).toMatchObject({ label, stratum, index, size: roster.length, root, ticket: own?.ticket, cutOff })
    }
  })

  it('DRW-34 gives the drawn their place in the stratum and their batch, both from 1', () => {
    for (const { drawn: of } of transcript.strata)
      for (const [place, { label }] of of.entries()) {
        const batch = transcript.batches.findIndex((labels) => labels.includes(label)) + 1
        expect(proofOf(label)).toMatchObject({ outcome: 'DRAWN', rank: place + 1, batch })
      }
    expect(new Set(drawn.map((label) => proofOf(label)?.batch))).toEqual(new Set([1, 2]))
  })

  it('DRW-34 tells who was excluded from who was not drawn', () => {
    for (const { label, excluded } of roster.filter((one) => !drawn.includes(one.label)))
      expect(proofOf(label)).toMatchObject({ outcome: excluded ? 'EXCLUDED' : 'NOT_DRAWN', rank: null, batch: null })
  })

  it('DRW-34 has no cut-off where a stratum was not drawn from', () => {
    const without = { ...bundle, transcript: { ...transcript, strata: [], batches: [] } }
    expect(proofOf(drawn[0] ?? '', without)).toMatchObject({ cutOff: null, outcome: 'NOT_DRAWN', rank: null, batch: null })
  })

  it('DRW-34 says nothing of a label that is not in the roster', () => {
    expect(proofOf('0'.repeat(64))).toBeUndefined()
  })
})
