import type { RosterEntry, Snapshot } from '@dual-random/draw'
import { appError, toAppError } from '@dual-random/errors'
import { canonicalJson, type DrawId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { SignedSnapshot } from './draw-files.ts'
import type { Registry, RosterAttestation, RosterPart } from './ports.ts'
import { wholeRoster } from './whole-roster.ts'

const drawId = 'd1'.repeat(32) as DrawId
const entries: readonly RosterEntry[] = Array.from({ length: 10 }, (_, index) => ({
  label: `${index}`.repeat(64),
  stratum: index < 4 ? 'A' : 'B',
  excluded: index === 9,
}))
const strata: Snapshot['strata'] = [
  { stratum: 'A', mapped: 4, eligible: 4 },
  { stratum: 'B', mapped: 6, eligible: 5 },
]
const record = { keyId: 'registry', signature: 'ab', snapshot: { root: 'cd', strata } as unknown as Snapshot } satisfies SignedSnapshot
const attestation: RosterAttestation = { count: 10, root: 'cd', snapshotJson: canonicalJson(record) }
const broken = appError('unavailable', 'store-unavailable')

interface Behaviour {
  /** How many entries each stream brings before it breaks; the last one goes on for ever. */
  readonly breaks?: readonly number[]
  readonly failure?: Error
  readonly attested?: RosterAttestation | undefined
  readonly held?: readonly RosterEntry[]
}

/** A registry whose streams break, two entries in a part. */
function registryOf({ breaks = [], failure = broken, attested = attestation, held = entries }: Behaviour) {
  const asked: number[] = []
  const registry: Pick<Registry, 'roster'> = {
    async *roster(_part, firstEntry): AsyncGenerator<RosterPart> {
      const bring = breaks[asked.length] ?? (asked.length < breaks.length ? 0 : Number.POSITIVE_INFINITY)
      asked.push(firstEntry)
      yield { entries: [], attestation: attested }
      const last = Math.min(held.length, firstEntry + bring)
      for (let start = firstEntry; start < last; start += 2) yield { entries: held.slice(start, Math.min(start + 2, last)) }
      if (last < held.length) throw failure
    },
  }
  return { registry, asked }
}

async function received(behaviour: Behaviour) {
  const { registry, asked } = registryOf(behaviour)
  const all: RosterEntry[] = []
  try {
    for await (const some of wholeRoster(registry, { drawId }, record)) all.push(...some)
    return { all, asked, code: '' }
  } catch (thrown) {
    return { all, asked, code: toAppError(thrown).code }
  }
}

describe('the whole roster', () => {
  it('DRW-31 is taken up where its stream broke, as often as it breaks', async () => {
    expect(await received({})).toEqual({ all: entries, asked: [0], code: '' })
    expect(await received({ breaks: [3, 1, 5] })).toEqual({ all: entries, asked: [0, 3, 4, 9], code: '' })
  })

  it('DRW-31 is given up at the third stream in a row that brings nothing', async () => {
    expect(await received({ breaks: [0, 0] })).toEqual({ all: entries, asked: [0, 0, 0], code: '' })
    expect(await received({ breaks: [0, 0, 0] })).toMatchObject({ all: [], asked: [0, 0, 0], code: 'store-unavailable' })
    expect(await received({ breaks: [0, 0, 2, 0, 0] })).toMatchObject({ all: entries, code: '' })
  })

  it('DRW-31 is not asked for again after a refusal', async () => {
    expect(await received({ breaks: [4], failure: appError('forbidden', 'region-not-allowed') })).toMatchObject({
      asked: [0],
      code: 'region-not-allowed',
    })
  })

  it.each<[string, RosterAttestation]>([
    ['another count', { ...attestation, count: 11 }],
    ['another root', { ...attestation, root: 'ce' }],
    ['another record', { ...attestation, snapshotJson: canonicalJson({ ...record, signature: 'ac' }) }],
  ])('DRW-31 is refused under a attestation with %s', async (_, attested) => {
    expect(await received({ attested })).toMatchObject({ all: [], code: 'roster-differs' })
  })

  it('DRW-31 is refused without a attestation, and with fewer or more entries than were signed', async () => {
    const unattested: Pick<Registry, 'roster'> = {
      async *roster() {
        yield { entries }
      },
    }
    const first = wholeRoster(unattested, { drawId }, record).next()
    await expect(first).rejects.toMatchObject({ code: 'roster-differs' })
    expect(await received({ held: entries.slice(1) })).toMatchObject({ code: 'roster-differs' })
    expect(await received({ held: [...entries, ...entries] })).toMatchObject({ all: entries, code: 'roster-differs' })
  })
})
