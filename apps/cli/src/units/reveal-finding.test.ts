import { ed25519Verify } from '@dual-random/beacon'
import { hexDigest, ndjson } from '@dual-random/draw'
import { canonicalJson, type Instant, utf8 } from '@dual-random/kernel'
import { type CosignedCheckpoint, checkpointsText, cosign, isCosigned } from '@dual-random/witness'
import {
  at,
  commitmentText,
  deadline,
  drawId,
  drawIdOf,
  hash,
  keyOf,
  keysFile,
  LogBuilder,
  secret,
  tip,
  unitId,
} from '@dual-random/witness/testing'
import { describe, expect, it } from 'vitest'
import { type LogFault, LogView } from './log-view.ts'
import { type Finding, findingOf } from './reveal-finding.ts'

const kept = { drawId, unitId, secret }
const withTip = commitmentText({ tips: [{ unitId, tip }] })
const committed = (): LogBuilder => new LogBuilder().unitKey().tip().snapshot().commitment(withTip)

const linesOf = (builder: LogBuilder): readonly string[] => ndjson(builder.lines).trimEnd().split('\n')
const finder = (builder: LogBuilder) => async (_drawId: string, digest: string) => builder.commitments.get(digest)

/** What the witnesses of these names signed over the builder's last line at an instant. */
function cosigned(builder: LogBuilder, received: Readonly<Record<string, Instant>>): string {
  const signed = builder.checkpoint()
  const cosignatures = Object.entries(received).map(([witnessId, receivedAt]) =>
    cosign(hash, signed.checkpoint, { witnessId, receivedAt }, keyOf(witnessId).sign),
  )
  return checkpointsText([{ ...signed, cosignatures }]).trimEnd()
}

const three = (instant: Instant): Readonly<Record<string, Instant>> => ({ w1: instant, w2: instant, w3: instant })

async function viewOf(builder: LogBuilder, ...checkpoints: readonly string[]): Promise<LogView> {
  const view = new LogView(keysFile)
  expect(await view.take(linesOf(builder), finder(builder))).toEqual({ ok: true, value: undefined })
  expect(view.hear(checkpoints)).toEqual({ ok: true, value: undefined })
  return view
}

const finding = async (builder: LogBuilder, now: Instant, ...checkpoints: readonly string[]): Promise<Finding> =>
  findingOf(await viewOf(builder, ...checkpoints), kept, now)

const early = at('00:30:00')
const late = '2026-03-02T00:50:00.001Z' as Instant

describe('a secret is revealed', () => {
  it('once a quorum held S with its tip by the deadline, up to the deadline itself', async () => {
    const builder = committed()
    const { digest } = builder.last
    expect(await finding(builder, deadline, cosigned(builder, three(deadline)))).toEqual({
      outcome: 'reveal',
      commitment: digest,
      deadline,
    })
  })

  it('also by checkpoints over later lines, and by different ones for each witness', async () => {
    const builder = committed()
    const first = cosigned(builder, { w1: early, w2: early })
    builder.snapshot(drawIdOf(7))
    expect(await finding(builder, early, first, cosigned(builder, { w4: early }))).toMatchObject({ outcome: 'reveal' })
  })
})

describe('a secret waits', () => {
  it('while there is no S', async () => {
    expect(await finding(new LogBuilder().unitKey().tip().snapshot(), early)).toEqual({ outcome: 'wait', code: 'no-commitment' })
  })

  it('while fewer than a quorum of pinned witnesses hold S: a reveal before S is witnessed would let the organiser choose', async () => {
    const builder = committed()
    const two = cosigned(builder, { w1: early, w2: early })
    expect(await finding(builder, early, two)).toEqual({ outcome: 'wait', code: 'not-witnessed', holders: 2, deadline })
    expect(await finding(builder, early, two, cosigned(builder, { w9: early }))).toMatchObject({ code: 'not-witnessed', holders: 2 })
    const before = new LogBuilder().unitKey().tip().snapshot()
    expect(await finding(builder, early, cosigned(before, three(early)))).toMatchObject({ code: 'not-witnessed', holders: 0 })
  })

  it('while a void stands there that may still take effect', async () => {
    const builder = committed()
    const held = cosigned(builder, three(early))
    builder.void()
    expect(await finding(builder, early, held)).toMatchObject({ outcome: 'wait', code: 'void-pending' })
  })
})

describe('a secret is kept', () => {
  const refused = async (builder: LogBuilder, now: Instant, ...checkpoints: readonly string[]): Promise<string> => {
    const found = await finding(builder, now, ...checkpoints)
    return found.outcome === 'refuse' ? found.code : found.outcome
  }

  it('after the deadline, and where S was witnessed after it', async () => {
    const builder = committed()
    expect(await refused(builder, late, cosigned(builder, three(early)))).toBe('deadline-passed')
    expect(await refused(builder, late)).toBe('deadline-passed')
    expect(await refused(builder, early, cosigned(builder, { ...three(early), w3: late }))).toBe('witnessed-late')
  })

  it('where S does not hold its tip, or the tip of another secret', async () => {
    const none = new LogBuilder().snapshot().commitment()
    expect(await refused(none, early, cosigned(none, three(early)))).toBe('tip-not-in-commitment')
    const other = hexDigest(hash, utf8('another tip'))
    const replayed = new LogBuilder()
      .unitKey()
      .tip(other)
      .snapshot()
      .commitment(commitmentText({ tips: [{ unitId, tip: other }] }))
    expect(await refused(replayed, early, cosigned(replayed, three(early)))).toBe('tip-differs')
  })

  it('where a quorum saw the void in time, before S or after it; a later void changes nothing', async () => {
    const builder = committed()
    const held = cosigned(builder, three(early))
    builder.void()
    expect(await refused(builder, early, held, cosigned(builder, three(deadline)))).toBe('voided')
    expect(await refused(builder, late, held, cosigned(builder, three(late)))).toBe('deadline-passed')
    expect(await refused(new LogBuilder().unitKey().tip().void(), early)).toBe('voided')
  })

  it('where it stands in the log already', async () => {
    const builder = committed()
    const { digest } = builder.last
    builder.reveal(digest)
    expect(await finding(builder, late, cosigned(builder, three(early)))).toEqual({ outcome: 'revealed', commitment: digest })
  })
})

describe('a log is not believed', () => {
  const faultOf = async (builder: LogBuilder, lines = linesOf(builder)): Promise<LogFault | undefined> => {
    const taken = await new LogView(keysFile).take(lines, finder(builder))
    return taken.ok ? undefined : taken.error
  }

  it('with a second S for the draw', async () => {
    const twice = committed().commitment(commitmentText({ tips: [{ unitId, tip }], publicOpening: 'full' }))
    expect(await faultOf(twice)).toEqual({ code: 'refused', refusal: { code: 'second-entry', seq: 5, kind: 'commitment' } })
  })

  it('with another genesis than the pinned one', async () => {
    const pinned = { ...keysFile, genesis: '0'.repeat(64) }
    const builder = committed()
    const taken = await new LogView(pinned).take(linesOf(builder), finder(builder))
    expect(taken).toMatchObject({ ok: false, error: { refusal: { code: 'broken-log', part: 'genesis' } } })
  })

  it('with a broken link, a line that is missing, or one that cannot be read', async () => {
    const lines = linesOf(committed())
    const changed = lines.with(2, (lines[2] ?? '').replace(/"head":"./, '"head":"x'))
    expect(await faultOf(committed(), changed)).toMatchObject({ code: 'malformed', what: 'log', line: 3, pointer: '/head' })
    expect(await faultOf(committed(), lines.toSpliced(2, 1))).toMatchObject({ refusal: { code: 'broken-log', part: 'head' } })
  })

  it('where the text of S is not to be had, or is another', async () => {
    const lines = linesOf(committed())
    const view = new LogView(keysFile)
    const missing = { ok: false, error: { code: 'commitment-missing', drawId, seq: 4 } }
    expect(await view.take(lines, async () => undefined)).toEqual(missing)
    expect(await view.take(lines, async () => commitmentText())).toEqual(missing)
    expect((await view.take(lines, async () => withTip)).ok).toBe(true)
  })

  it('where its keeper signed, or showed, another head for the same number: a fork', async () => {
    const builder = committed()
    const other = new LogBuilder()
      .unitKey()
      .tip()
      .snapshot()
      .commitment(commitmentText({ tips: [{ unitId, tip }], publicOpening: 'full' }))
    const view = await viewOf(builder)
    expect(view.hear([cosigned(other, three(early))])).toEqual({ ok: false, error: { code: 'fork', seq: 4 } })
    expect(await view.take(linesOf(other), finder(other))).toEqual({ ok: false, error: { code: 'fork', seq: 4 } })
  })

  it('on the word of a checkpoint or cosignature whose signature does not hold', async () => {
    const builder = committed()
    const view = await viewOf(builder)
    const line = JSON.parse(cosigned(builder, three(early))) as CosignedCheckpoint
    const [first, ...others] = line.cosignatures
    const forged = { ...line, cosignatures: [{ ...first, receivedAt: at('00:20:00') }, ...others] }
    expect(view.hear([canonicalJson(forged as never)])).toEqual({ ok: false, error: { code: 'bad-cosignature', seq: 4, witnessId: 'w1' } })
    expect(view.hear([canonicalJson({ ...line, signature: '0'.repeat(128) })])).toMatchObject({
      error: { code: 'bad-checkpoint' },
    })
    expect(view.hear(['{}'])).toMatchObject({ error: { code: 'malformed', what: 'checkpoints', line: 1 } })
    expect(isCosigned(hash, line.checkpoint, first as never, keyOf('w1'), ed25519Verify)).toBe(true)
  })

  it('grows with each look, and takes up later what lies beyond it', async () => {
    const builder = new LogBuilder().unitKey().tip().snapshot()
    const view = await viewOf(builder)
    builder.commitment(withTip)
    const held = cosigned(builder, three(early))
    expect(view.hear([held]).ok).toBe(true)
    expect(findingOf(view, kept, early)).toMatchObject({ code: 'no-commitment' })
    expect((await view.take(linesOf(builder), finder(builder))).ok).toBe(true)
    expect(view.hear([held]).ok).toBe(true)
    expect(findingOf(view, kept, early)).toMatchObject({ outcome: 'reveal' })
  })
})
