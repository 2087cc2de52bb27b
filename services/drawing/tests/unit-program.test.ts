import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ed25519Key } from '@dual-random/beacon'
import type { SignedTranscript } from '@dual-random/draw'
import { addMs, canonicalJson, type Instant, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { eventually } from '@dual-random/testkit'
import { keysFileText } from '@dual-random/witness'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PublishedLine } from '../src/domain/plan-line.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { done, drawIdOf, lineOf, type Organiser, organiserOf } from './support/steps.ts'
import { type UnitProgram, unitProgram } from './support/unit-program.ts'

const key = { itemClass: 'KEY', quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const
const outsideUnit = '230000-sft'
const superiorSeed = sha256(utf8('witness superior'))

/** Secrets of units by `npx dual-random unit …`, run as a process against drawing and four witnesses (docs/draw-protocol.md §17). */
describe('a unit with its own program', { timeout: 180_000 }, () => {
  let harness: Harness
  let organiser: Organiser
  let unit: UnitProgram
  let number = 0

  beforeAll(async () => {
    harness = await startDrawing({ witnessed: true })
    organiser = organiserOf(harness)
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
    unit = await unitProgram(harness.now())
    const { keysFile } = harness.witnesses
    await writeFile(unit.file('keys'), keysFileText(keysFile))
    const superior = { type: 'dual-random/unit-key/v1', seed: toHex(superiorSeed), ...keysFile.superior }
    expect(ed25519Key(superiorSeed).publicKey).toBe(keysFile.superior.publicKey)
    await writeFile(unit.file('superior'), canonicalJson(superior), { mode: 0o600 })
    await answered(unit.run('unit', 'key', 'new', '--unit', outsideUnit, '--out', unit.file('key'), '--record', unit.file('record')))
    const admit = ['unit', 'key', 'admit', '--keys', unit.file('keys'), '--record', unit.file('record'), '--url', url()] as const
    expect((await unit.run(...admit, '--superior-key', unit.file('key'))).err).toContain("is not the pinned superior's")
    expect(await answered(unit.run(...admit, '--superior-key', unit.file('superior')))).toContain('entered')
  })
  beforeEach(async () => {
    for (const witnessId of ['w1', 'w2', 'w3', 'w4']) await harness.witnesses.back(witnessId)
    harness.witnesses.beforeCosign = undefined
  })
  afterAll(async () => {
    await unit?.dispose()
    await harness?.dispose()
  })

  const url = (): string => `http://127.0.0.1:${harness.service().httpPort}`
  const answered = async (running: ReturnType<UnitProgram['run']>): Promise<string> => {
    const { exitCode, out, err } = await running
    expect({ exitCode, err }).toMatchObject({ exitCode: 0 })
    return out
  }
  const nextLine = (): PublishedLine => {
    number += 1
    const line = lineOf(`U${number}`, key)
    harness.planning.publish(line)
    return line
  }
  const own = (secrets: string): readonly string[] => [
    '--keys',
    unit.file('keys'),
    '--key',
    unit.file('key'),
    '--secrets',
    unit.file(secrets),
  ]
  const newWords = ({ planId, lineId }: PublishedLine, secrets: string, to = url()): readonly string[] => {
    const target = [`--plan=${planId}`, `--line=${lineId}`, '--batch=1', `--url=${to}`]
    return ['unit', 'secret', 'new', ...own(secrets), ...target]
  }
  const newSecret = (line: PublishedLine, secrets: string) => unit.run(...newWords(line, secrets))
  const reveal = (drawId: string, secrets: string, ...more: readonly string[]) =>
    unit.run('unit', 'secret', 'reveal', ...own(secrets), '--draw', drawId, '--url', url(), ...more)
  const secretIn = async (secrets: string): Promise<string> => {
    const [line = ''] = (await readFile(unit.file(secrets), 'utf8')).split('\n')
    return (JSON.parse(line) as { readonly secret: string }).secret
  }
  const commit = async (drawId: string): Promise<string> => {
    const { commitment } = await eventually(async () => done(await organiser.commit(drawId)))
    await unit.setClock(harness.now())
    return commitment?.roundAt ?? ''
  }
  const finished = async (drawId: string, roundAt: string) => {
    harness.moveTo(roundAt)
    return done(await organiser.run(drawId))
  }
  const witnessPorts = (...ids: readonly string[]): readonly string[] =>
    ids.flatMap((id) => ['--witness', `127.0.0.1:${harness.witnesses.service(id).grpcPort}`])
  const witnessUrls = (...ids: readonly string[]): readonly string[] =>
    ids.flatMap((id) => ['--url', `http://127.0.0.1:${harness.witnesses.service(id).httpPort}`])

  it('takes part in a draw from the tip to the seed, and its paper backup holds the same secret', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    const paper = unit.file('paper.txt')
    const made = await unit.run(...newWords(line, 'whole'), `--paper=${paper}`)
    expect(made).toMatchObject({ exitCode: 0, out: expect.stringContaining('tips entered 1') as string })
    const secret = await secretIn('whole')
    expect(made.out + made.err).not.toContain(secret)
    const early = await reveal(drawId, 'whole')
    expect(early).toMatchObject({ exitCode: 1, err: expect.stringContaining('no-commitment') as string })
    done(await organiser.freeze(line))
    const roundAt = await commit(drawId)
    await answered(unit.run('unit', 'secret', 'restore', paper, '--secrets', unit.file('typed')))
    expect(await secretIn('typed')).toBe(secret)
    const said = await reveal(drawId, 'typed', ...witnessUrls('w1', 'w2'))
    expect(said).toMatchObject({ exitCode: 0, err: expect.stringContaining('revealed, entry') as string })
    expect((await finished(drawId, roundAt)).status).toBe('MATCHED')
    const { transcript } = JSON.parse(await harness.text(`/v1/public/draws/${drawId}/transcript`, ['AUDITOR'])) as SignedTranscript
    expect(transcript.reveals).toEqual([{ unitId: outsideUnit, secret }])
    expect(await reveal(drawId, 'whole')).toMatchObject({ exitCode: 0, err: expect.stringContaining('stands in the log') as string })
  })

  it('attack: a reveal before S is witnessed. The unit’s program keeps its secret until a quorum of witnesses holds S', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    await answered(newSecret(line, 'early'))
    done(await organiser.freeze(line))
    harness.witnesses.beforeCosign = async (kind, witnessId) => {
      if (kind === 'commitment' && witnessId !== 'w1' && witnessId !== 'w2') throw new Error('cut off')
    }
    const roundAt = await commit(drawId)
    const refused = await reveal(drawId, 'early')
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringMatching(/held by 2 witnesses.*\(not-witnessed\)/) as string })
    expect(await harness.text(`/v1/public/region-logs/${regionCode}`, ['AUDITOR'])).not.toContain(await secretIn('early'))
    harness.witnesses.beforeCosign = undefined
    await harness.service().runSweep('witness-logs')
    expect((await reveal(drawId, 'early')).exitCode).toBe(0)
    expect((await finished(drawId, roundAt)).status).toBe('MATCHED')
  })

  it('does not reveal for a tip that is not its secret’s, nor after the deadline', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    await answered(newSecret(line, 'first'))
    const other = await newSecret(line, 'second')
    expect(other).toMatchObject({ exitCode: 1, err: expect.stringContaining('tip-differs') as string })
    done(await organiser.freeze(line))
    const roundAt = await commit(drawId)
    expect(await reveal(drawId, 'second')).toMatchObject({ exitCode: 1, err: expect.stringContaining('(tip-differs)') as string })
    await unit.setClock(addMs(roundAt as Instant, -600_000 + 1))
    expect(await reveal(drawId, 'first')).toMatchObject({ exitCode: 1, err: expect.stringContaining('(deadline-passed)') as string })
    expect((await finished(drawId, roundAt)).voided).toEqual({ reason: 'reveal-missing' })
  })

  it('killed between the file and the sending, it sends the same secret’s tip with the next call', async () => {
    const line = nextLine()
    const held = createServer()
    held.listen(0, '127.0.0.1')
    await once(held, 'listening')
    const to = `http://127.0.0.1:${(held.address() as AddressInfo).port}`
    const child = unit.start(...newWords(line, 'killed', to))
    // The tip is under way, and nobody will ever answer it.
    await once(held, 'request')
    child.kill('SIGKILL')
    await once(child, 'exit')
    held.closeAllConnections()
    held.close()
    const secret = await secretIn('killed')
    expect(await newSecret(line, 'killed')).toMatchObject({ exitCode: 1, err: expect.stringContaining('gets no second one') as string })
    expect(
      await answered(unit.run('unit', 'secret', 'send', '--key', unit.file('key'), '--secrets', unit.file('killed'), '--url', url())),
    ).toContain('tips entered 1')
    const drawId = drawIdOf(line)
    done(await organiser.freeze(line))
    const roundAt = await commit(drawId)
    expect((await reveal(drawId, 'killed')).exitCode).toBe(0)
    expect((await finished(drawId, roundAt)).status).toBe('MATCHED')
    expect(await secretIn('killed')).toBe(secret)
  })

  it('hands its reveal to witnesses when drawing does not answer, and enters it when it does', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    await answered(newSecret(line, 'handed'))
    done(await organiser.freeze(line))
    const roundAt = await commit(drawId)
    const gone = await unit.run(
      'unit',
      'secret',
      'reveal',
      ...own('handed'),
      '--url=http://127.0.0.1:1',
      ...witnessUrls('w1', 'w2', 'w3'),
      ...witnessPorts('w1', 'w4'),
    )
    expect(gone).toMatchObject({ exitCode: 0, out: expect.stringContaining('with witnesses alone 1') as string })
    expect((await reveal(drawId, 'handed')).exitCode).toBe(0)
    expect((await finished(drawId, roundAt)).status).toBe('MATCHED')
  })

  it('DRW-31 DRW-32 approves, as the superior alone, an attempt after one whose secret was seen', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    const second = drawIdOf(line, 2)
    await answered(newSecret(line, 'seen'))
    done(await organiser.freeze(line))
    await commit(drawId)
    expect((await reveal(drawId, 'seen')).exitCode).toBe(0)
    done(await organiser.cancel(drawId, { reason: '名单有误' }))
    expect(await organiser.freeze(line, { attempt: 2 })).toMatchObject({ status: 409, body: { code: 'attempt-not-approved' } })
    const approve = ['unit', 'approve', '--keys', unit.file('keys'), '--draw', second, '--reason', '首次名单有误', '--url', url()] as const
    expect((await unit.run(...approve, '--superior-key', unit.file('key'))).err).toContain("is not the pinned superior's")
    expect(await answered(unit.run(...approve, '--superior-key', unit.file('superior')))).toContain('entered')
    expect(await answered(unit.run(...approve, '--superior-key', unit.file('superior')))).toContain('was there already')
    expect(done(await organiser.freeze(line, { attempt: 2 })).drawId).toBe(second)
    done(await organiser.cancel(second, { reason: '测试完毕' }))
  })

  it('DRW-30 DRW-31 approves a redraw by the text of its order, shown before it is signed, and by no other text', async () => {
    // The draws before have drawn all there were; half of all leaves some of these for the redraw.
    const fresh = Array.from({ length: 30 }, (_, index) => ({ code: `B${index}`, grade: 'A' }))
    harness.registry.objects = [...harness.registry.objects, ...fresh]
    const line = nextLine()
    done(await organiser.freeze(line))
    const parentDrawId = drawIdOf(line)
    const roundAt = await commit(parentDrawId)
    await finished(parentDrawId, roundAt)
    const drawn = (JSON.parse(await harness.text(`/v1/public/draws/${parentDrawId}/transcript`, [])) as SignedTranscript).transcript
    const [label = ''] = drawn.batches.flat()
    const redraws = `/v1/draws/${parentDrawId}/redraws`
    const ground = { reason: 'OBJECT_GONE', label }
    expect(await (await harness.as(['DRAW_ORGANISER'])).post(redraws, { purpose: 'REPLACEMENT', grounds: [ground] })).toMatchObject({
      status: 200,
    })
    const unapproved = await (await harness.as(['FILING_REVIEWER'])).get<{ code: string }>(`${redraws}/1/text`)
    expect([unapproved.status, unapproved.body.code]).toEqual([409, 'redraw-not-approved'])
    const above = await harness.as(['FILING_REVIEWER'], '230000-scj', '230000')
    expect((await above.post(`${redraws}/1/approve`, {})).status).toBe(200)
    const text = await harness.text(`${redraws}/1/text`, ['FILING_REVIEWER'])
    await writeFile(unit.file('order'), text)
    const words = (order: string, ...more: readonly string[]) =>
      ['unit', 'approve', '--keys', unit.file('keys'), '--superior-key', unit.file('superior'), '--redraw', unit.file(order)].concat(more, [
        '--reason',
        '对象已注销',
        '--url',
        url(),
      ])
    await writeFile(unit.file('no-order'), text.replace('"number":1', '"number":0'))
    expect((await unit.run(...words('no-order'))).err).toContain('is no text of an order: /number')
    await writeFile(unit.file('elsewhere'), text.replace(/"regionCode":"\d+"/, '"regionCode":"990300"'))
    expect((await unit.run(...words('elsewhere'))).err).toContain('is of region 990300')
    expect(await unit.run(...words('order', '--draw', parentDrawId))).toMatchObject({ exitCode: 2 })
    expect(await unit.run(...words('order', '--attempt', '0'))).toMatchObject({ exitCode: 2 })
    const approved = await unit.run(...words('order'))
    expect(approved).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('entered') as string,
      err: expect.stringContaining(label) as string,
    })
    expect(await answered(unit.run(...words('order')))).toContain('was there already')
    // The unit has a secret in the redraw, too.
    const tip = ['unit', 'secret', 'new', ...own('redrawn'), '--redraw', unit.file('order'), '--url', url()] as const
    expect(await answered(unit.run(...tip))).toContain('tips entered 1')
    harness.moveTo(addMs(harness.now(), 60_000))
    const frozen = await (await harness.as(['DRAW_ORGANISER'])).post<{ drawId: string }>(`${redraws}/1/freeze`, { attempt: 1 })
    expect([frozen.status, approved.out.includes(frozen.body.drawId)]).toEqual([201, true])
    const redrawId = frozen.body.drawId
    const redrawAt = await commit(redrawId)
    expect((await reveal(redrawId, 'redrawn')).exitCode).toBe(0)
    expect((await finished(redrawId, redrawAt)).status).toBe('MATCHED')
    const { transcript } = JSON.parse(await harness.text(`/v1/public/draws/${redrawId}/transcript`, [])) as SignedTranscript
    expect(transcript.reveals.map(({ unitId }) => unitId)).toEqual([outsideUnit])
  })

  it('watching, it waits for S, reveals by itself, and ends by a signal', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    await answered(newSecret(line, 'watched'))
    const child = unit.start('unit', 'secret', 'reveal', ...own('watched'), '--url', url(), '--watch', '--every', '1')
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await eventually(() => expect(said).toContain('waiting 1'), { timeoutMs: 60_000 })
    done(await organiser.freeze(line))
    const roundAt = await commit(drawId)
    await eventually(() => expect(said).toContain('in the log 1'), { timeoutMs: 60_000 })
    child.kill('SIGTERM')
    const [exitCode] = (await once(child, 'exit')) as [number | null]
    expect(exitCode).toBe(0)
    expect((await finished(drawId, roundAt)).status).toBe('MATCHED')
  })

  // Last: it moves the clock of all past the age at which a freeze is stale.
  it('DRW-31 declares, as the superior alone, that a draw has failed, by a reason there is', async () => {
    const { drawId } = done(await organiser.freeze(nextLine()))
    const fail = ['unit', 'failed', '--keys', unit.file('keys'), '--draw', drawId, '--reason', 'beacon-lost', '--url', url()] as const
    const asSuperior = ['--superior-key', unit.file('superior')] as const
    expect((await unit.run(...fail, '--superior-key', unit.file('key'))).err).toContain("is not the pinned superior's")
    expect(await unit.run(...fail.with(7, 'unwelcome'), ...asSuperior)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('beacon-lost | key-lost | data-lost | void-undecided') as string,
    })
    expect((await unit.run(...fail, ...asSuperior)).err).toContain('draw-not-committed')
    const roundAt = await commit(drawId)
    expect((await unit.run(...fail, ...asSuperior)).err).toContain('failed-too-early')
    harness.beacon.fault = 'down'
    harness.moveTo(addMs(roundAt as Instant, 7 * 86_400_000))
    await unit.setClock(harness.now())
    expect(await answered(unit.run(...fail, ...asSuperior))).toContain('entered')
    expect(await answered(unit.run(...fail, ...asSuperior))).toContain('was there already')
    harness.beacon.fault = 'none'
    expect((await organiser.read(drawId)).status).toBe('FAILED')
  })
})
