import { ed25519Key } from '@dual-random/beacon'
import { deriveDrawId, type SignedTranscript, signDigest, tipOf } from '@dual-random/draw'
import { addMs, type Instant, type Json, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { recordDigest } from '@dual-random/witness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublishedLine } from '../src/domain/plan-line.ts'
import { hex, sha256Hash } from './fixtures.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { done, lineOf, type Organiser, organiserOf } from './support/steps.ts'

const key = { itemClass: 'KEY', quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const
const superior = { keyId: 'superior-230000', sign: ed25519Key(sha256(utf8('witness superior'))).sign }
const superiorUnit = '230000-scj'
const outsider = { keyId: 'unit-230000-sft', sign: ed25519Key(sha256(utf8('outsider'))).sign }
const outsideUnit = '230000-sft'

interface Entered {
  readonly seq: number
  readonly head: string
  readonly code?: string
}

describe('a draw to which units outside add secrets', () => {
  let harness: Harness
  let organiser: Organiser
  let number = 0

  beforeAll(async () => {
    harness = await startDrawing({ witnessed: true })
    organiser = organiserOf(harness)
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness.dispose())

  const nextLine = (): PublishedLine => {
    number += 1
    const line = lineOf(`F${number}`, key)
    harness.planning.publish(line)
    return line
  }
  const drawIdOf = ({ planId, lineId }: PublishedLine, attempt = 1): string =>
    deriveDrawId(sha256Hash, { regionCode, subject: { kind: 'plan-line', planId, lineId }, batch: 1, attempt })
  const secretOf = (name: string): string => Buffer.from(sha256(utf8(name))).toString('hex')
  /** Anyone may bring what somebody signed: no token goes with it. */
  const enter = async (kind: 'key' | 'tip' | 'reveal', drawId: string | null, record: Json, by = superior) => {
    const body = { kind, record, ...signDigest(by, kind, regionCode, drawId, recordDigest(sha256Hash, record)) }
    const response = await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/region-logs/${regionCode}/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Entered }
  }
  const refused = async (entered: ReturnType<typeof enter>): Promise<unknown> => {
    const { status, body } = await entered
    return [status, body.code]
  }
  const tip = (drawId: string, secret: string, unitId = superiorUnit, by = superior) =>
    enter('tip', drawId, { type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(sha256Hash, drawId, { unitId, secret }) }, by)
  const reveal = (drawId: string, commitment: string, secret: string, unitId = superiorUnit, by = superior) =>
    enter('reveal', drawId, { type: 'dual-random/reveal/v1', drawId, unitId, commitment, secret }, by)
  const commitmentOf = async (drawId: string) =>
    JSON.parse(await harness.text(`/v1/public/draws/${drawId}/commitment`, ['AUDITOR'])) as {
      readonly assurance: string
      readonly tips: readonly Json[]
      readonly revealWindowSeconds: number
      readonly delaySeconds: number
    }

  it('takes the secret into the seed, and says federated', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    const secret = secretOf(drawId)
    expect((await tip(drawId, secret)).status).toBe(201)
    expect(done(await organiser.freeze(line)).drawId).toBe(drawId)
    const { commitment } = done(await organiser.commit(drawId))
    expect(await commitmentOf(drawId)).toMatchObject({
      assurance: 'self',
      tips: [{ unitId: superiorUnit }],
      revealWindowSeconds: 1800,
      delaySeconds: 1800 + 2 * 600,
    })
    expect((await reveal(drawId, commitment?.digest ?? '', secret)).status).toBe(201)
    expect((await reveal(drawId, commitment?.digest ?? '', secret)).status).toBe(200)
    harness.moveTo(commitment?.roundAt ?? '')
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
    const { transcript } = JSON.parse(await harness.text(`/v1/public/draws/${drawId}/transcript`, ['AUDITOR'])) as SignedTranscript
    expect(transcript.reveals).toEqual([{ unitId: superiorUnit, secret }])
  })

  it('waits for no secret where nobody gave a tip', async () => {
    const { drawId } = done(await organiser.freeze(nextLine()))
    const { commitment } = done(await organiser.commit(drawId))
    expect(await commitmentOf(drawId)).toMatchObject({ tips: [], revealWindowSeconds: 0, delaySeconds: 1200 })
    harness.moveTo(commitment?.roundAt ?? '')
    done(await organiser.run(drawId))
  })

  it('is void by rule when a secret is withheld, and the next attempt takes another', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    await tip(drawId, secretOf('withheld'))
    done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    harness.moveTo(commitment?.roundAt ?? '')
    expect(await refused(reveal(drawId, commitment?.digest ?? '', secretOf('withheld')))).toEqual([409, 'reveal-too-late'])
    await harness.service().runSweep('due-draws')
    expect((await organiser.read(drawId)).voided).toEqual({ reason: 'reveal-missing' })
    const second = drawIdOf(line, 2)
    await tip(second, secretOf('second'))
    done(await organiser.freeze(line, { attempt: 2 }))
    const again = done(await organiser.commit(second)).commitment
    await reveal(second, again?.digest ?? '', secretOf('second'))
    harness.moveTo(again?.roundAt ?? '')
    expect(done(await organiser.run(second)).status).toBe('MATCHED')
  })

  it('is void by rule when the witnesses saw the secret only after the deadline', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    await tip(drawId, secretOf(drawId))
    done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    harness.witnesses.beforeCosign = async (kind) => {
      if (kind === 'reveal') throw new Error('cut off')
    }
    expect((await reveal(drawId, commitment?.digest ?? '', secretOf(drawId))).status).toBe(201)
    harness.witnesses.beforeCosign = undefined
    harness.moveTo(commitment?.roundAt ?? '')
    expect(done(await organiser.run(drawId)).voided).toEqual({ reason: 'reveal-missing' })
  })

  it('admits the key of another unit by the superior alone', async () => {
    const record = {
      type: 'dual-random/key/v1',
      keyId: outsider.keyId,
      role: 'unit',
      algorithm: 'ed25519',
      publicKey: ed25519Key(sha256(utf8('outsider'))).publicKey,
      unitId: outsideUnit,
    }
    const line = nextLine()
    const drawId = drawIdOf(line)
    expect(await refused(tip(drawId, secretOf('o'), outsideUnit, outsider))).toEqual([409, 'entry-unknown-key'])
    expect(await refused(enter('key', null, record, outsider))).toEqual([409, 'entry-unknown-key'])
    expect((await enter('key', null, record)).status).toBe(201)
    expect((await enter('key', null, record)).status).toBe(200)
    expect(await refused(enter('key', null, { ...record, keyId: 'another' }))).toEqual([409, 'entry-key-taken'])
    expect(await refused(tip(drawId, secretOf('o'), superiorUnit, outsider))).toEqual([409, 'entry-unknown-key'])
    expect((await tip(drawId, secretOf('o'), outsideUnit, outsider)).status).toBe(201)
    expect((await tip(drawId, secretOf('s'))).status).toBe(201)
    done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    await reveal(drawId, commitment?.digest ?? '', secretOf('s'))
    await reveal(drawId, commitment?.digest ?? '', secretOf('o'), outsideUnit, outsider)
    harness.moveTo(commitment?.roundAt ?? '')
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })

  it('refuses a tip after the freeze, another tip, a replayed one that opens nothing, and reveals for another S', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    await tip(drawId, secretOf('first'))
    expect(await refused(tip(drawId, secretOf('other')))).toEqual([409, 'tip-differs'])
    done(await organiser.freeze(line))
    expect(await refused(tip(drawId, secretOf('late'), outsideUnit, outsider))).toEqual([409, 'tip-too-late'])
    const given = secretOf('first')
    expect(await refused(reveal(drawId, hex('1'), given))).toEqual([409, 'reveal-no-commitment'])
    const { commitment } = done(await organiser.commit(drawId))
    const s = commitment?.digest ?? ''
    expect(await refused(reveal(drawId, hex('1'), given))).toEqual([409, 'reveal-no-commitment'])
    expect(await refused(reveal(drawId, s, secretOf('other')))).toEqual([409, 'reveal-wrong'])
    expect(await refused(reveal(drawId, s, given, superiorUnit, outsider))).toEqual([409, 'entry-unknown-key'])
    expect((await reveal(drawId, s, given)).status).toBe(201)
    const at = addMs(commitment?.roundAt as Instant, 0)
    harness.moveTo(at)
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })

  it('refuses a bad signature and a malformed record, and says where', async () => {
    const drawId = drawIdOf(nextLine())
    const record = { type: 'dual-random/tip/v1', drawId, unitId: superiorUnit, tip: hex('1') }
    expect(await refused(enter('tip', drawIdOf(nextLine()), record))).toEqual([409, 'entry-bad-signature'])
    expect(await refused(enter('tip', drawId, { ...record, tip: 'zz' }))).toEqual([400, 'entry-malformed'])
    expect(await refused(enter('tip', drawId, { ...record, more: 'x' }))).toEqual([400, 'entry-malformed'])
  })
})
