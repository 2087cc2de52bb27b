import { hexDigest, type LogEntry, logHead, signDigest, tipOf } from '@dual-random/draw'
import { type Instant, utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkpointOf, cosign, signCheckpoint } from './checkpoint.ts'
import type { LogCopy, Submission } from './log-copy.ts'
import { recordDigest } from './records.ts'
import {
  at,
  commitmentText,
  deadline,
  drawId,
  drawIdOf,
  genesisTime,
  hash,
  keyOf,
  keysFile,
  LogBuilder,
  newCopy,
  regionCode,
  secret,
  snapshotOf,
  tip,
  unit,
  unitId,
} from './testing/index.ts'

const now = at('00:20:00')
const oneMsAfter = (instant: Instant): Instant => instant.replace('.000Z', '.001Z') as Instant

function taken(builder: LogBuilder, copy: LogCopy = newCopy()): LogCopy {
  const extension = copy.check(builder.submission(), now)
  if (!extension.ok) throw new Error(JSON.stringify(extension.error))
  copy.take(extension.value)
  return copy
}

const refusal = (submission: Submission, copy: LogCopy = newCopy(), time: Instant = now): unknown => {
  const checked = copy.check(submission, time)
  return checked.ok ? 'accepted' : checked.error
}

const federated = (): LogBuilder => {
  const builder = new LogBuilder().unitKey().tip().snapshot()
  return builder.commitment(commitmentText({ tips: [{ unitId, tip }] }))
}

describe('a witness and the log it is given', () => {
  it('takes a whole draw, in one piece or line by line, and answers for what it holds', () => {
    const builder = federated()
    builder.reveal(builder.last.digest)
    builder
      .entry('transcript', hexDigest(hash, utf8('t')))
      .entry('match', hexDigest(hash, utf8('m')))
      .entry('closed', hexDigest(hash, utf8('c')))
    expect(taken(builder).headAt(8)).toBe(builder.last.head)
    const copy = newCopy()
    const growing = new LogBuilder()
    for (const line of builder.lines) {
      if (line.seq > 0) growing.lines.push(line)
      growing.commitments.set(...([...builder.commitments][0] as [string, string]))
      expect(refusal(growing.submission(line.seq), copy)).toBe('accepted')
      taken(growing, copy)
    }
    expect(copy.seq).toBe(8)
    expect(copy.commitmentOf(drawIdOf(2))).toBeUndefined()
    expect(newCopy().commitmentOf(drawId)).toBeUndefined()
    expect(copy.commitmentOf(drawId)).toEqual({
      seq: 4,
      digest: builder.lines[4]?.digest,
      deadline,
      failableMs: 1000n * BigInt(genesisTime + 604_800),
      organiserUnitId: '110101-scj',
      sources: [],
      next: drawIdOf(2),
    })
  })

  it('accepts again what it holds, and a checkpoint over an earlier line', () => {
    const builder = new LogBuilder().snapshot()
    const early = builder.submission()
    builder.commitment()
    const copy = taken(builder)
    expect(refusal(early, copy)).toBe('accepted')
    expect(refusal(builder.submission(), copy)).toBe('accepted')
    expect(copy.seq).toBe(2)
  })

  it('DRW-31 takes no line that it is not asked to sign over: it would hold what it dated nowhere', () => {
    const builder = new LogBuilder()
    const { checkpoint } = builder.submission()
    const lines = builder.snapshot().submission()
    expect(refusal({ ...lines, checkpoint })).toEqual({ code: 'gap', expected: 1 })
    expect(refusal(lines)).toBe('accepted')
  })

  it('checks without changing: a refused submission leaves the copy as it was', () => {
    const copy = taken(new LogBuilder().snapshot())
    refusal(new LogBuilder().snapshot().commitment().commitment().submission(), copy)
    expect(copy.seq).toBe(1)
    expect(refusal(new LogBuilder().snapshot().commitment().submission(), copy)).toBe('accepted')
  })

  it('refuses another region, another genesis, and lines with a gap before them', () => {
    expect(refusal(new LogBuilder().submission(), newCopy({ ...keysFile, regionCode: '230400' }))).toEqual({ code: 'other-region' })
    expect(refusal(new LogBuilder().submission(), newCopy({ ...keysFile, genesis: '0'.repeat(64) }))).toMatchObject({
      code: 'broken-log',
      seq: 0,
      part: 'genesis',
      pointer: '/record',
    })
    const builder = new LogBuilder().snapshot().commitment()
    expect(refusal(builder.submission(1))).toEqual({ code: 'gap', expected: 0 })
    expect(refusal(builder.submission(2), taken(new LogBuilder()))).toEqual({ code: 'gap', expected: 1 })
    expect(refusal({ ...builder.submission(), lines: [] })).toEqual({ code: 'gap', expected: 0 })
    const ahead = { ...new LogBuilder().submission(), checkpoint: builder.checkpoint() }
    expect(refusal(ahead)).toEqual({ code: 'gap', expected: 1 })
  })

  it('DRW-26 tells a fork: another line at a number it holds, or a checkpoint over another head', () => {
    const copy = taken(new LogBuilder().snapshot())
    expect(refusal(new LogBuilder().snapshot(drawIdOf(2)).submission(), copy)).toEqual({ code: 'fork', seq: 1 })
    const other = new LogBuilder().snapshot(drawIdOf(2))
    expect(refusal({ ...new LogBuilder().snapshot().submission(), checkpoint: other.checkpoint() }, copy)).toEqual({ code: 'fork', seq: 1 })
    const honest = new LogBuilder().snapshot()
    expect(refusal({ ...other.submission(), checkpoint: honest.checkpoint() }, copy)).toEqual({ code: 'fork', seq: 1 })
  })

  it('refuses lines that go back, and a line twice', () => {
    const builder = new LogBuilder().snapshot().commitment()
    const [genesis, snapshot, commitment] = builder.lines as [LogEntry, LogEntry, LogEntry]
    const wrong = { code: 'broken-log', seq: 1, part: 'seq', pointer: '/seq' }
    expect(refusal({ ...builder.submission(), lines: [genesis, snapshot, snapshot, commitment] })).toEqual(wrong)
    expect(refusal({ ...builder.submission(), lines: [commitment, snapshot] }, taken(new LogBuilder().snapshot()))).toEqual(wrong)
  })

  it('refuses a genesis of another form, and one that is not behind its digest', () => {
    const builder = new LogBuilder()
    const genesis = builder.lines[0] as LogEntry
    builder.lines[0] = { ...genesis, record: { ...(genesis.record as object), demo: 'no' } }
    expect(refusal(builder.submission())).toEqual({ code: 'broken-log', seq: 0, part: 'genesis', pointer: '/record/demo' })
    const digest = '0'.repeat(64)
    builder.lines[0] = { ...genesis, digest, head: logHead(hash, null, 0, 'genesis', digest) }
    expect(refusal(builder.submission())).toEqual({ code: 'broken-log', seq: 0, part: 'digest', pointer: '/digest' })
  })

  it('takes only what was checked against it as it is', () => {
    const copy = newCopy()
    const extension = copy.check(new LogBuilder().snapshot().submission(), now)
    if (!extension.ok) throw new Error('refused')
    copy.take(extension.value)
    expect(() => copy.take(extension.value)).toThrow('another copy')
    expect(copy.seq).toBe(1)
  })

  it('refuses a checkpoint that the keeper of the log did not sign', () => {
    const builder = new LogBuilder().snapshot()
    const checkpoint = checkpointOf(regionCode, builder.last)
    const by = (keyId: string, name: string) => ({
      ...builder.submission(),
      checkpoint: signCheckpoint(hash, checkpoint, { keyId, sign: keyOf(name).sign }),
    })
    expect(refusal(by('drawing-110101', 'someone'))).toEqual({ code: 'bad-checkpoint', keyId: 'drawing-110101' })
    expect(refusal(by('registry', 'registry'))).toEqual({ code: 'bad-checkpoint', keyId: 'registry' })
    expect(refusal(by('nobody', 'drawing'))).toEqual({ code: 'bad-checkpoint', keyId: 'nobody' })
    expect(refusal(by('drawing-110101', 'drawing'))).toBe('accepted')
  })

  it.each([
    ['a changed head', { head: '0'.repeat(64) }, { code: 'broken-log', seq: 1, part: 'head', pointer: '/head' }],
    ['a changed digest', { digest: '0'.repeat(64) }, { code: 'broken-log', seq: 1, part: 'head', pointer: '/head' }],
    ['another signature', { signature: '0'.repeat(128) }, { code: 'bad-signature', seq: 1, keyId: 'registry' }],
    ['another draw', { drawId: drawIdOf(2) }, { code: 'bad-signature', seq: 1, keyId: 'registry' }],
    ['an unknown key', { keyId: 'nobody' }, { code: 'unknown-key', seq: 1, keyId: 'nobody' }],
    ['a key of another role', { keyId: 'drawing-110101' }, { code: 'unknown-key', seq: 1, keyId: 'drawing-110101' }],
  ])('refuses a line with %s', (_what, changes, expected) => {
    const builder = new LogBuilder().snapshot()
    builder.lines[1] = { ...(builder.lines[1] as LogEntry), ...changes }
    expect(refusal(builder.submission())).toEqual(expected)
  })

  it('refuses a second genesis', () => {
    const builder = new LogBuilder().snapshot()
    const line = builder.lines[1] as LogEntry
    builder.lines[1] = { ...line, kind: 'genesis', head: logHead(hash, builder.lines[0]?.head ?? null, 1, 'genesis', line.digest) }
    expect(refusal(builder.submission())).toEqual({ code: 'broken-log', part: 'genesis', seq: 1, pointer: '/kind' })
  })
})

describe('a witness and one draw', () => {
  it('never cosigns a second S for one attempt', () => {
    const second = commitmentText({ organiserUnitId: '110101-scj' })
    expect(refusal(new LogBuilder().snapshot().commitment().commitment(second).submission())).toEqual({
      code: 'second-entry',
      seq: 3,
      kind: 'commitment',
    })
    expect(refusal(new LogBuilder().snapshot().commitment().snapshot(drawIdOf(2)).submission())).toBe('accepted')
  })

  it.each(['snapshot', 'transcript', 'match', 'void', 'closed'] as const)('refuses a second %s, and takes that of another draw', (kind) => {
    const whole = () =>
      new LogBuilder()
        .snapshot()
        .commitment()
        .entry('transcript', hexDigest(hash, utf8('t')))
        .entry('match', hexDigest(hash, utf8('m')))
    const first = (builder: LogBuilder): LogBuilder =>
      kind === 'void' ? builder.void() : kind === 'closed' ? builder.entry('closed', hexDigest(hash, utf8('c'))) : builder
    const again = (builder: LogBuilder): LogBuilder =>
      kind === 'snapshot' ? builder.snapshot() : kind === 'void' ? builder.void() : builder.entry(kind, hexDigest(hash, utf8('2')))
    expect(refusal(first(whole()).submission())).toBe('accepted')
    expect(refusal(again(first(whole())).submission())).toMatchObject({ code: 'second-entry', kind })
    expect(refusal(first(whole()).snapshot(drawIdOf(2)).void(drawIdOf(2)).submission())).toBe('accepted')
  })

  it.each([
    ['commitment', (builder: LogBuilder) => builder.commitment(), 'snapshot'],
    ['transcript', (builder: LogBuilder) => builder.snapshot().entry('transcript', hexDigest(hash, utf8('t'))), 'commitment'],
    [
      'match',
      (builder: LogBuilder) =>
        builder
          .snapshot()
          .commitment()
          .entry('match', hexDigest(hash, utf8('m'))),
      'transcript',
    ],
    [
      'closed',
      (builder: LogBuilder) =>
        builder
          .snapshot()
          .commitment()
          .entry('closed', hexDigest(hash, utf8('c'))),
      'match',
    ],
  ])('refuses a %s before what it rests on', (kind, build, needs) => {
    expect(refusal(build(new LogBuilder()).submission())).toMatchObject({ code: 'out-of-order', kind, needs })
  })

  it.each([
    ['/hash', { hash: 'sm3' }],
    ['/regionCode', { regionCode: '230400' }],
    ['/drawId', { drawId: drawIdOf(2) }],
    ['/drawId', { attempt: 2 }],
    ['/drawId', { subject: { kind: 'plan-line', planId: 'plan-1', lineId: 'L02' } }],
    ['/witnesses/count', { witnesses: { count: 3, quorum: 3 } }],
    ['/witnesses/quorum', { witnesses: { count: 4, quorum: 2 } }],
    ['/snapshot', { snapshot: snapshotOf(drawIdOf(2)) }],
    ['/tips', { tips: [{ unitId, tip }] }],
    ['/beacons', { beacons: [] }],
  ])('refuses an S that differs at %s', (pointer, changes) => {
    expect(refusal(new LogBuilder().snapshot().commitment(commitmentText(changes)).submission())).toEqual({
      code: 'wrong-commitment',
      seq: 2,
      pointer,
    })
  })

  it.each([
    ['whose round is due after all instants', { beacons: [{ genesisTime: 0, periodSeconds: 2 ** 52, round: 2 ** 52 }] }],
    ['whose deadline lies before 1970', { marginSeconds: 2 ** 52 }],
  ])('DRW-32 refuses an S %s, and does not break on it', (_, changes) => {
    const expected = { code: 'wrong-commitment', seq: 2, pointer: '/beacons' }
    expect(refusal(new LogBuilder().snapshot().commitment(commitmentText(changes)).submission())).toEqual(expected)
  })

  it('refuses an S whose text it was not given, or was given otherwise', () => {
    const builder = new LogBuilder().snapshot().commitment()
    expect(refusal({ ...builder.submission(), commitments: new Map() })).toEqual({ code: 'wrong-commitment', seq: 2, pointer: '' })
    const other = new Map([[builder.last.digest, commitmentText({ marginSeconds: 0 })]])
    expect(refusal({ ...builder.submission(), commitments: other })).toEqual({ code: 'wrong-commitment', seq: 2, pointer: '' })
  })

  it('refuses an S that leaves out a tip of the log, and one that comes after it', () => {
    expect(refusal(new LogBuilder().unitKey().tip().snapshot().commitment().submission())).toMatchObject({
      code: 'wrong-commitment',
      pointer: '/tips',
    })
    for (const other of [
      { unitId, tip: '0'.repeat(64) },
      { unitId: '110101-scj', tip },
    ])
      expect(
        refusal(
          new LogBuilder()
            .unitKey()
            .tip()
            .snapshot()
            .commitment(commitmentText({ tips: [other] }))
            .submission(),
        ),
      ).toMatchObject({
        pointer: '/tips',
      })
    expect(refusal(new LogBuilder().unitKey().snapshot().commitment().tip().submission())).toMatchObject({
      code: 'second-entry',
      kind: 'tip',
    })
  })

  it('cosigns S until one margin before its round, and not a millisecond later', () => {
    const builder = new LogBuilder().snapshot().commitment()
    expect(refusal(builder.submission(), newCopy(), deadline)).toBe('accepted')
    expect(refusal(builder.submission(), newCopy(), oneMsAfter(deadline))).toEqual({ code: 'round-too-near', seq: 2, deadline })
    // Held before, it stays held: only new lines are compared with the clock.
    expect(refusal(builder.submission(), taken(builder), oneMsAfter(deadline))).toBe('accepted')
  })

  it('lets a late S in together with its void, so that the log can go on', () => {
    const builder = new LogBuilder().snapshot().commitment().void()
    expect(refusal(builder.submission(), newCopy(), oneMsAfter(deadline))).toBe('accepted')
    expect(refusal(new LogBuilder().snapshot().commitment().void(drawIdOf(2)).submission(), newCopy(), oneMsAfter(deadline))).toMatchObject(
      {
        code: 'round-too-near',
      },
    )
  })

  it('lets a late S in when it is shown that a quorum of the others held it in time', () => {
    const builder = new LogBuilder().snapshot().commitment()
    const proof = (times: Readonly<Record<string, Instant>>, of = builder.checkpoint()) => ({
      ...of,
      cosignatures: Object.entries(times).map(([witnessId, receivedAt]) =>
        cosign(hash, of.checkpoint, { witnessId, receivedAt }, keyOf(witnessId).sign),
      ),
    })
    const with3 = { w1: deadline, w2: deadline, w3: deadline }
    const late = (proofs: Submission['proofs'] = []) => refusal({ ...builder.submission(), proofs }, newCopy(), oneMsAfter(deadline))
    expect(late([proof(with3)])).toBe('accepted')
    expect(late([proof({ w1: deadline, w2: deadline }), proof({ w4: deadline })])).toBe('accepted')
    const tooNear = { code: 'round-too-near', seq: 2, deadline }
    expect(late([proof({ ...with3, w3: oneMsAfter(deadline) })])).toEqual(tooNear)
    expect(late([proof({ w1: deadline, w2: deadline }), proof({ w2: deadline })])).toEqual(tooNear)
    expect(late([proof({ ...with3, stranger: deadline })])).toBe('accepted')
    expect(late([proof({ w1: deadline, w2: deadline, stranger: deadline })])).toEqual(tooNear)
    const forged = proof(with3)
    const [one, ...others] = forged.cosignatures
    expect(late([{ ...forged, cosignatures: [{ ...(one as never as object), receivedAt: at('00:01:00') } as never, ...others] }])).toEqual(
      tooNear,
    )
    expect(late([proof(with3, new LogBuilder().snapshot().checkpoint())])).toEqual(tooNear)
    expect(
      late([
        proof(
          with3,
          new LogBuilder()
            .snapshot()
            .commitment(commitmentText({ publicOpening: 'full' }))
            .checkpoint(),
        ),
      ]),
    ).toEqual(tooNear)
    expect(late([{ ...proof(with3), signature: '0'.repeat(128) }])).toEqual(tooNear)
    expect(late([proof(with3, new LogBuilder().snapshot().commitment().void(drawIdOf(2)).checkpoint())])).toEqual(tooNear)
  })

  it('takes the earliest of the rounds of several beacons', () => {
    const beacons = [
      { genesisTime: Date.parse(at('02:00:00')) / 1000, periodSeconds: 30, round: 1 },
      { genesisTime: Date.parse(at('00:59:00')) / 1000, periodSeconds: 30, round: 3 },
    ]
    const builder = new LogBuilder().snapshot().commitment(commitmentText({ beacons }))
    expect(refusal(builder.submission(), newCopy(), deadline)).toBe('accepted')
    expect(refusal(builder.submission(), newCopy(), oneMsAfter(deadline))).toMatchObject({ code: 'round-too-near', deadline })
    const turned = new LogBuilder().snapshot().commitment(commitmentText({ beacons: beacons.toReversed() }))
    expect(refusal(turned.submission(), newCopy(), oneMsAfter(deadline))).toMatchObject({ code: 'round-too-near', deadline })
  })
})

describe('keys, tips and reveals', () => {
  it('refuses a tip by a key that no superior admitted, and by the key of another unit', () => {
    expect(refusal(new LogBuilder().tip().submission())).toMatchObject({ code: 'unknown-key', keyId: 'unit-110000-fzb' })
    const foreign = { type: 'dual-random/tip/v1', drawId, unitId: '110101-scj', tip } as const
    expect(refusal(new LogBuilder().unitKey().record('tip', foreign, 'unit').submission())).toMatchObject({ code: 'unknown-key' })
  })

  it('admits a key only once, by name and by key, and only by the superior', () => {
    expect(refusal(new LogBuilder().unitKey().unitKey().submission())).toMatchObject({ code: 'key-taken', keyId: 'unit-110000-fzb' })
    const record = {
      type: 'dual-random/key/v1',
      keyId: 'unit-2',
      role: 'unit',
      algorithm: 'ed25519',
      publicKey: keyOf('drawing').publicKey,
      unitId,
    } as const
    expect(refusal(new LogBuilder().record('key', record, 'superior', null).submission())).toMatchObject({ code: 'key-taken' })
    expect(
      refusal(new LogBuilder().record('key', { ...record, publicKey: keyOf('2').publicKey }, 'drawing', null).submission()),
    ).toMatchObject({
      code: 'unknown-key',
    })
  })

  it('refuses the key of a draw, since it holds for all', () => {
    const [, line] = new LogBuilder().unitKey().lines as [LogEntry, LogEntry]
    const builder = new LogBuilder().record('key', line.record ?? null, 'superior', drawId)
    expect(refusal(builder.submission())).toEqual({ code: 'broken-log', seq: 1, part: 'record', pointer: '/drawId' })
  })

  it('refuses a reveal by the key of another unit', () => {
    const builder = federated()
    const record = { type: 'dual-random/reveal/v1', drawId, unitId, commitment: builder.last.digest, secret } as const
    expect(refusal(builder.record('reveal', record, 'superior').submission())).toEqual({
      code: 'unknown-key',
      seq: 5,
      keyId: 'superior-110000',
    })
  })

  it('refuses a tip replayed for another attempt: it opens nothing there', () => {
    const of = drawIdOf(2)
    const text = commitmentText({ attempt: 2, drawId: of, snapshot: snapshotOf(of), tips: [{ unitId, tip }] })
    const builder = new LogBuilder().unitKey().snapshot().void().tip(tip, of).snapshot(of).commitment(text, of)
    const record = { type: 'dual-random/reveal/v1', drawId: of, unitId, commitment: builder.last.digest, secret } as const
    expect(refusal(builder.record('reveal', record, 'unit', of).submission())).toMatchObject({
      code: 'bad-reveal',
      pointer: '/record/secret',
    })
    expect(tipOf(hash, of, { unitId, secret })).not.toBe(tip)
  })

  it('refuses a reveal for another S, of another secret, before S, and twice', () => {
    const digest = federated().last.digest
    expect(refusal(federated().reveal('0'.repeat(64)).submission())).toMatchObject({ code: 'bad-reveal', pointer: '/record/commitment' })
    expect(refusal(federated().reveal(digest, '0'.repeat(64)).submission())).toMatchObject({
      code: 'bad-reveal',
      pointer: '/record/secret',
    })
    expect(refusal(new LogBuilder().unitKey().tip().snapshot().reveal(digest).submission())).toMatchObject({ code: 'out-of-order' })
    expect(refusal(federated().reveal(digest).reveal(digest).submission())).toMatchObject({ code: 'second-entry', kind: 'reveal' })
    expect(refusal(federated().reveal(digest).submission())).toBe('accepted')
  })

  it('refuses a record that is missing, malformed, of another draw, or not behind its digest', () => {
    const record = { type: 'dual-random/void/v1', drawId, reason: 'mistake' } as const
    const digest = recordDigest(hash, record)
    const of = (options: Parameters<LogBuilder['entry']>[2]) =>
      refusal(new LogBuilder().snapshot().entry('void', digest, options).submission())
    expect(of({})).toMatchObject({ code: 'broken-log', part: 'record', pointer: '/record' })
    expect(of({ record: { ...record, more: 1 } })).toMatchObject({ code: 'broken-log', part: 'record' })
    expect(of({ record: { ...record, reason: 'another' } })).toMatchObject({ code: 'broken-log', part: 'digest', pointer: '/digest' })
    expect(of({ record, of: drawIdOf(2) })).toMatchObject({ code: 'broken-log', part: 'record', pointer: '/record/drawId' })
    expect(of({ record, of: null })).toMatchObject({ code: 'broken-log', part: 'record', pointer: '/drawId' })
    expect(of({ record })).toBe('accepted')
  })

  it('refuses a record on a kind that carries none', () => {
    const builder = new LogBuilder().entry('snapshot', recordDigest(hash, snapshotOf(drawId)), {
      by: 'registry',
      record: snapshotOf(drawId),
    })
    expect(refusal(builder.submission())).toMatchObject({ code: 'broken-log', part: 'record', pointer: '/record' })
  })
})

describe('the proof of a fork', () => {
  const held = () => taken(new LogBuilder().snapshot().commitment())
  const other = () => new LogBuilder().snapshot().commitment(commitmentText({ publicOpening: 'full' }))
  const proves = ({ lines, checkpoint }: Submission): boolean => held().provesFork({ lines, checkpoint })

  it('is another signed head at a number that is held, with or without lines', () => {
    expect(proves(other().submission())).toBe(true)
    expect(proves({ ...other().submission(), lines: [] })).toBe(true)
    expect(proves(new LogBuilder().snapshot().commitment().submission())).toBe(false)
    expect(proves(new LogBuilder().snapshot().submission())).toBe(false)
  })

  it('or lines that lead from another head to a signed one further on', () => {
    const longer = other()
      .entry('transcript', hexDigest(hash, utf8('t')))
      .void(drawIdOf(2))
    expect(proves(longer.submission())).toBe(true)
    expect(proves(longer.submission(2))).toBe(true)
    const honest = new LogBuilder()
      .snapshot()
      .commitment()
      .entry('transcript', hexDigest(hash, utf8('t')))
    expect(proves(honest.submission())).toBe(false)
  })

  it('is not there while a link is missing or does not lead to the signed head', () => {
    const longer = other()
      .entry('transcript', hexDigest(hash, utf8('t')))
      .void(drawIdOf(2))
    const { lines, checkpoint } = longer.submission()
    expect(held().provesFork({ lines: lines.filter(({ seq }) => seq !== 3), checkpoint })).toBe(false)
    expect(held().provesFork({ lines: lines.slice(3), checkpoint })).toBe(false)
    const changed = lines.map((line) => (line.seq === 3 ? { ...line, digest: '0'.repeat(64) } : line))
    expect(held().provesFork({ lines: changed, checkpoint })).toBe(false)
    expect(held().provesFork({ lines, checkpoint: { ...checkpoint, signature: '0'.repeat(128) } })).toBe(false)
    expect(newCopy().provesFork({ lines, checkpoint })).toBe(false)
    expect(held().provesFork({ lines: [], checkpoint })).toBe(false)
  })

  it('is not in lines that the keeper did not sign', () => {
    const forked = other().entry('transcript', hexDigest(hash, utf8('t')))
    const honest = new LogBuilder()
      .snapshot()
      .commitment()
      .entry('transcript', hexDigest(hash, utf8('t')))
    expect(held().provesFork({ lines: forked.lines, checkpoint: forked.checkpoint() })).toBe(true)
    expect(held().provesFork({ lines: forked.lines, checkpoint: honest.checkpoint() })).toBe(false)
  })
})

describe('a reveal that comes past the log', () => {
  const copy = () => taken(federated())
  const signed = (changes: object = {}, by: { keyId: string; sign: (message: Uint8Array) => Uint8Array } = unit) => {
    const record = { type: 'dual-random/reveal/v1', drawId, unitId, commitment: federated().last.digest, secret, ...changes } as const
    return { record, ...signDigest(by, 'reveal', regionCode, record.drawId, recordDigest(hash, record)) }
  }

  it('is good when it opens a tip of the S that stands in the log', () => {
    expect(copy().refusalOfReveal(signed())).toBeUndefined()
  })

  it('is refused while there is no log, or no S in it', () => {
    expect(newCopy().refusalOfReveal(signed())).toBe('unknown-key')
    expect(taken(new LogBuilder().unitKey().tip()).refusalOfReveal(signed())).toBe('no-commitment')
  })

  it.each([
    ['unknown-key', () => signed({}, { ...unit, keyId: 'nobody' })],
    ['unknown-key', () => signed({ unitId: '110101-scj' })],
    ['unknown-key', () => signed({}, { ...unit, keyId: 'drawing-110101' })],
    ['bad-signature', () => ({ ...signed(), signature: '0'.repeat(128) })],
    ['no-commitment', () => signed({ commitment: '0'.repeat(64) })],
    ['no-commitment', () => signed({ drawId: drawIdOf(2) })],
    ['wrong-secret', () => signed({ secret: '0'.repeat(64) })],
  ])('is refused: %s', (code, reveal) => {
    expect(copy().refusalOfReveal(reveal())).toBe(code)
  })
})

describe('reading back its own storage', () => {
  it('restores a late S without asking the clock, and refuses what was changed there', () => {
    const builder = new LogBuilder().snapshot().commitment()
    const copy = newCopy()
    expect(copy.restore(builder.lines.slice(0, 2), new Map())).toEqual({ ok: true, value: undefined })
    expect(copy.restore(builder.lines.slice(2), builder.commitments)).toEqual({ ok: true, value: undefined })
    expect(copy.headAt(2)).toBe(builder.last.head)
    builder.lines[1] = { ...(builder.lines[1] as LogEntry), signature: '0'.repeat(128) }
    expect(newCopy().restore(builder.lines, builder.commitments)).toMatchObject({ ok: false, error: { code: 'bad-signature' } })
    expect(newCopy().restore(builder.lines.slice(1), builder.commitments)).toEqual({ ok: false, error: { code: 'gap', expected: 0 } })
  })
})
