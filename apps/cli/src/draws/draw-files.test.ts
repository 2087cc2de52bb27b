import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Commitment, partsOf } from '@dual-random/draw'
import { canonicalJson } from '@dual-random/kernel'
import {
  auditedBy,
  type DemoOptions,
  demoBundle,
  demoFamily,
  demoJoint,
  namedFiles,
  openingOf,
  superior,
  unit,
} from '@dual-random/verify/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'
import { drawFolder } from '../../tests/support/draw-folder.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})
const onDisk = (
  bundle: Parameters<typeof namedFiles>[0] | Parameters<typeof drawFolder>[0],
  parts?: Parameters<typeof drawFolder>[1],
): string => {
  const transcript = drawFolder('drawId' in bundle ? namedFiles(bundle) : bundle, parts)
  folders.push(dirname(transcript))
  return transcript
}
const draw = demoBundle()
const files = namedFiles(draw)
const path = onDisk(draw)
const beside = (name: string, text: string): string => {
  const file = join(dirname(path), name)
  writeFileSync(file, text)
  return file
}

describe('draw verify', { timeout: 60_000 }, () => {
  it('DRW-31 says MATCH (demo keys) of an honest demonstration, and what it recomputed', async () => {
    const { exitCode, out, err } = await call({}, 'draw', 'verify', path, '--demo')
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] })
    expect(out[0]).toBe('MATCH (demo keys)')
    const text = out.join('\n')
    for (const part of [draw.drawId, '230300', 'A: ', 'self/230300', '全链核对', '4 of ']) expect(text).toContain(part)
    const without = await call({}, 'draw', 'verify', onDisk(draw, ['transcript', 'commitment', 'roster']), '--demo')
    expect(without.out.join('\n')).toContain('仅核对本次条目')
  })

  it('DRW-31 names the first difference by file and place, with exit code 1', async () => {
    const t = (JSON.parse(draw.transcript) as { transcript: { seed: string } }).transcript
    const cases: readonly (readonly [DemoOptions, string])[] = [
      [{ onTranscript: (one) => ({ ...one, seed: one.commitment }) }, '/transcript/seed'],
      [{ onTranscript: (one) => ({ ...one, drawnSet: [] }) }, '/transcript/drawnSet'],
      [{ onCommitment: (s) => ({ ...s, assurance: 'public' }) }, '/assurance'],
    ]
    for (const [options, where] of cases) {
      const { exitCode, out, err } = await call({}, 'draw', 'verify', onDisk(demoBundle(options)), '--demo')
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: [] })
      expect(err[0]).toMatch(new RegExp(`^不一致 / DIFFERENT: (transcript|commitment)-[0-9a-f]{64}\\.json ${where}: `))
    }
    const [options] = cases[0] as (typeof cases)[0]
    const { lines } = await callJson({}, 'draw', 'verify', onDisk(demoBundle(options)), '--demo')
    expect(lines).toMatchObject([{ status: 'DIFFERENT', difference: { where: '/transcript/seed', code: 'differs', expected: t.seed } }])
  })

  it('DRW-31 takes no transcript under another draw’s name', async () => {
    const name = (text: string): string => text.replaceAll(draw.drawId, '0'.repeat(64))
    const renamed = Object.fromEntries(
      Object.entries(files).map(([part, file]) => [part, { ...file, name: name(file.name) }]),
    ) as unknown as typeof files
    const { exitCode, err } = await call({}, 'draw', 'verify', onDisk(renamed), '--demo')
    expect(exitCode).toBe(1)
    expect(err[0]).toContain('(file name)')
  })

  it('asks for --demo of a demonstration and of nothing else, with exit code 2', async () => {
    const plain = await call({}, 'draw', 'verify', path)
    expect(plain).toMatchObject({ exitCode: 2, out: [] })
    expect(plain.err[0]).toContain('请加 --demo')
    const real = await call({}, 'draw', 'verify', onDisk(demoBundle({ demo: false })), '--demo')
    expect(real.err[0]).toContain('请去掉 --demo')
  })

  it('DRW-31 DRW-32 asks for the keys file of a draw in front of witnesses, and says what else is missing', async () => {
    const witnessed = demoBundle({ witnessed: true, withReveal: true })
    const transcript = onDisk(witnessed)
    const keysFile = beside('keys-230300.json', witnessed.keys ?? '')
    const pending = await call({}, 'draw', 'verify', transcript, '--demo')
    expect(pending).toMatchObject({ exitCode: 3, err: [] })
    expect(pending.out.slice(0, 2)).toEqual(['PENDING', expect.stringContaining('--keys')])
    const matched = await call({}, 'draw', 'verify', transcript, '--demo', '--keys', keysFile)
    expect({ exitCode: matched.exitCode, first: matched.out[0] }).toEqual({ exitCode: 0, first: 'MATCH (demo keys)' })
    const alone = onDisk(witnessed, ['transcript', 'commitment', 'roster'])
    expect((await call({}, 'draw', 'verify', alone, '--demo', '--keys', keysFile)).out[1]).toContain('缺少地区日志')
    const other = beside('other.json', demoBundle({ hash: 'sm3', witnessed: true }).keys ?? '')
    const differs = await call({}, 'draw', 'verify', transcript, '--demo', '--keys', other)
    expect(differs.exitCode).toBe(1)
    expect(differs.err[0]).toContain('/transcript/log/genesis')
    const broken = await call({}, 'draw', 'verify', transcript, '--demo', '--keys', beside('broken.json', '{"keys": []}'))
    expect(broken).toMatchObject({ exitCode: 2, out: [] })
    const proof = await call({}, 'draw', 'prove', transcript, '--demo', '--label', openingOf(witnessed, 'object-0').label)
    expect(proof).toMatchObject({ exitCode: 3, err: [] })
  })

  it('DRW-31 says FAILED, and why, of a draw that its superior gave up, with exit code 4', async () => {
    const failed = { type: 'dual-random/failed/v1', reason: 'key-lost', unitId: superior.unitId }
    const lost = onDisk(
      demoBundle({ extra: { transcript: ({ drawId }) => [{ kind: 'failed', drawId, of: { ...failed, drawId }, by: superior }] } }),
    )
    const said = await call({}, 'draw', 'verify', lost, '--demo')
    expect({ exitCode: said.exitCode, first: said.out[0] }).toEqual({ exitCode: 4, first: 'FAILED (key-lost) (demo keys)' })
    expect(said.out[1]).toContain(`上级 ${superior.unitId} 已宣布本次抽取失败`)
    const { lines } = await callJson({}, 'draw', 'verify', lost, '--demo')
    expect(lines).toMatchObject([{ status: 'FAILED', failure: { reason: 'key-lost', unitId: superior.unitId } }])
  })

  it('DRW-31 says below the verdict by whom it was audited, with what findings, or that it was not', async () => {
    const asking = (extra: DemoOptions['extra'] = {}) => {
      const witnessed = demoBundle({ witnessed: true, demo: false, extra })
      return [onDisk(witnessed), '--keys', beside('keys-of-audit.json', witnessed.keys ?? '')] as const
    }
    const none = asking()
    const not =
      '本次抽取尚未复核：抽中者是谁、由谁检查，尚无他方重算 / this draw is not audited yet: who the drawn are, and who checks them, nobody else has recomputed'
    expect((await call({}, 'draw', 'verify', ...none)).out.slice(0, 3)).toEqual(['MATCH', expect.any(String), not])
    expect((await callJson({}, 'draw', 'verify', ...none)).lines).toMatchObject([{ status: 'MATCH', audits: [] }])
    const { label } = openingOf(demoBundle({ witnessed: true, demo: false }), 'object-0')
    expect((await call({}, 'draw', 'prove', ...none, '--label', label)).out[2]).toBe(not)
    const clean = asking({ match: auditedBy() })
    const by = `${unit.unitId} 已复核本次抽取，异常 0 项 / ${unit.unitId} audited this draw, findings: 0`
    expect((await call({}, 'draw', 'verify', ...clean)).out[2]).toBe(by)
    const found = asking({ match: auditedBy(3) })
    expect((await call({}, 'draw', 'verify', ...found)).out[2]).toContain('异常 3 项')
    expect((await callJson({}, 'draw', 'verify', ...found)).lines).toMatchObject([
      { status: 'MATCH', audits: [{ unitId: unit.unitId, findings: 3, isSignatureChecked: true }] },
    ])
    const alone = onDisk(demoBundle(), ['transcript', 'commitment', 'roster'])
    expect((await call({}, 'draw', 'verify', alone, '--demo')).out.join('\n')).not.toContain('复核')
    expect((await callJson({}, 'draw', 'verify', alone, '--demo')).lines[0]).not.toHaveProperty('audits')
  })

  it('DRW-32 says so where the pinned file asks for less than 30 days of the keys of beacons', async () => {
    const asking = (beaconKeyAgeSeconds: number) => {
      const witnessed = demoBundle({ witnessed: true, demo: false, beaconKeyAgeSeconds })
      return [onDisk(witnessed), '--keys', beside('short-keys.json', witnessed.keys ?? '')] as const
    }
    const note =
      '信标密钥：钉住的文件只要求入日志 2591999 秒，短于 30 天 / beacon keys: the pinned file asks for 2591999 seconds in the log, not 30 days'
    const short = asking(2_591_999)
    expect((await call({}, 'draw', 'verify', ...short)).out.slice(0, 3)).toEqual(['MATCH', expect.any(String), note])
    expect((await callJson({}, 'draw', 'verify', ...short)).lines).toMatchObject([{ status: 'MATCH', shortBeaconKeyAgeSeconds: 2_591_999 }])
    const { label } = openingOf(demoBundle({ witnessed: true, demo: false }), 'object-0')
    expect((await call({}, 'draw', 'prove', ...short, '--label', label)).out[2]).toBe(note)
    expect((await callJson({}, 'draw', 'prove', ...short, '--label', label)).lines).toMatchObject([{ shortBeaconKeyAgeSeconds: 2_591_999 }])
    const plain = asking(2_592_000)
    expect((await call({}, 'draw', 'verify', ...plain)).out.join('\n')).not.toContain('信标密钥')
    expect((await callJson({}, 'draw', 'verify', ...plain)).lines[0]).not.toHaveProperty('shortBeaconKeyAgeSeconds')
  })

  it('DRW-30 DRW-31 verifies a redraw with the files of its family beside it, and names one that is missing, with exit code 2', async () => {
    const [, redraw] = demoFamily([{ purpose: 'replacement' }])
    if (redraw === undefined) throw new Error('no redraw')
    const transcript = onDisk(redraw)
    const missing = await call({}, 'draw', 'verify', transcript, '--demo')
    expect(missing).toMatchObject({ exitCode: 2, out: [] })
    expect(missing.err[0]).toMatch(/缺少原抽取的抽取记录（transcript-[0-9a-f]{64}\.json）/)
    for (const [name, content] of Object.entries(redraw.family)) {
      const file = join(dirname(transcript), name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
    expect(await call({}, 'draw', 'verify', transcript, '--demo')).toMatchObject({ exitCode: 0, err: [] })
  })

  it('DRW-26 DRW-31 reads the files of every city of a joint draw, and takes the keys of each', async () => {
    const drawn = demoJoint({ merged: true, others: ['230400'] })
    const transcript = onDisk(drawn)
    const keys = Object.entries({ ...drawn.jointKeys, 'keys-230300.json': drawn.keys }).flatMap(([name, text]) => [
      '--keys',
      beside(name, text),
    ])
    const missing = await call({}, 'draw', 'verify', transcript, ...keys)
    expect(missing).toMatchObject({ exitCode: 2, out: [] })
    expect(missing.err[0]).toContain(`缺少参加地区 230400 的名录（rosters/${drawn.drawId}-230400.ndjson）`)
    for (const [name, content] of Object.entries(drawn.family)) writeFileSync(join(dirname(transcript), name), content)
    const whole = await call({}, 'draw', 'verify', transcript, ...keys)
    expect({ exitCode: whole.exitCode, first: whole.out[0], err: whole.err }).toEqual({ exitCode: 0, first: 'MATCH', err: [] })
    const alone = await call({}, 'draw', 'verify', transcript, ...keys.slice(2))
    expect({ exitCode: alone.exitCode, err: alone.err }).toEqual({ exitCode: 3, err: [] })
    expect(alone.out[2]).toMatch(/^230400: .*--keys/)
  })

  it('answers in JSON', async () => {
    const { exitCode, lines } = await callJson({}, 'draw', 'verify', path, '--demo')
    expect({ exitCode, lines }).toEqual({
      exitCode: 0,
      lines: [{ status: 'MATCH', drawId: draw.drawId, regionCode: '230300', openings: 4, wholeLog: true, audits: [], undrawn: [] }],
    })
  })

  it.each([[[]], [['transcript.json']], [['a', 'b']], [[`/nowhere/transcript-${'0'.repeat(64)}.json`]]])(
    'cannot judge %j, with exit code 2',
    async (words) => {
      expect(await call({}, 'draw', 'verify', ...words)).toMatchObject({ exitCode: 2, out: [] })
    },
  )

  it.each(['verify', 'explain', 'prove'])(
    'draw %s says of a path that leads nowhere, or to a folder, what is wrong with it',
    async (name) => {
      const said = async (given: string) => {
        const { exitCode, out, err } = await call({}, 'draw', name, given, ...(name === 'prove' ? ['--id', 'a'] : []))
        expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] })
        return err[0]
      }
      expect(await said('/nowhere')).toBe('/nowhere: 没有这个文件 (there is no such file)')
      expect(await said(`/nowhere/transcript-${'0'.repeat(64)}.json`)).toContain('没有这个文件')
      expect(await said(dirname(path))).toBe(
        `${dirname(path)}: 这是文件夹，请指其中的 transcript-<drawId>.json (a folder: name the transcript in it)`,
      )
      expect(await said(beside('other.json', '{}'))).toContain('文件名应为 transcript-<drawId>.json')
    },
  )

  it('cannot judge without commitment or roster', async () => {
    for (const parts of [
      ['transcript', 'roster'],
      ['transcript', 'commitment'],
    ] as const) {
      const { exitCode, err } = await call({}, 'draw', 'verify', onDisk(draw, parts), '--demo')
      expect(exitCode).toBe(2)
      expect(err[0]).toContain('读不到')
    }
  })
})

describe('draw prove', { timeout: 60_000 }, () => {
  const prove = (...words: readonly string[]) => call({}, 'draw', 'prove', path, '--demo', ...words)
  const openingFile = (id: string): string => beside(`opening-${id}.json`, canonicalJson(openingOf(draw, id)))

  it('DRW-34 tells each object from its own opening whether it was drawn, excluded or not drawn', async () => {
    const roster = draw.roster
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { label: string; excluded: boolean })
    const told = new Map<string, number>()
    for (const id of [...draw.drawnIds.slice(-2), ...draw.ids.slice(0, 8)]) {
      const { exitCode, lines } = await callJson({}, 'draw', 'prove', path, '--demo', '--id', id, '--opening', openingFile(id))
      expect(exitCode).toBe(0)
      const opening = openingOf(draw, id)
      const [proof] = lines as [{ outcome: string; ticket: string; cutOff: string | null; rank: number | null; batch: number | null }]
      expect(proof).toMatchObject({ status: 'MATCH', id, label: opening.label, index: opening.index, size: 40, path: opening.path })
      const isExcluded = roster.find(({ label }) => label === opening.label)?.excluded === true
      expect(proof.outcome).toBe(draw.drawnIds.includes(id) ? 'DRAWN' : isExcluded ? 'EXCLUDED' : 'NOT_DRAWN')
      // An excluded one may have any ticket.
      expect(isExcluded || proof.ticket <= (proof.cutOff ?? '') === draw.drawnIds.includes(id)).toBe(true)
      expect([proof.rank === null, proof.batch === null]).toEqual([proof.outcome !== 'DRAWN', proof.outcome !== 'DRAWN'])
      told.set(proof.outcome, (told.get(proof.outcome) ?? 0) + 1)
    }
    expect([...told.keys()].toSorted()).toEqual(['DRAWN', 'EXCLUDED', 'NOT_DRAWN'])
  }, 60_000)

  it('DRW-34 says it in plain words', async () => {
    const drawn = await prove('--opening', openingFile(draw.drawnIds[0] ?? ''))
    expect(drawn.exitCode).toBe(0)
    expect(drawn.out[0]).toBe('MATCH (demo keys)')
    expect(drawn.out.at(-1)).toMatch(/^抽中：.*第 \d+ 位，在第 1 批次检查 \/ drawn: .*batch 1$/)
    const excluded = await prove('--opening', openingFile('object-4'))
    expect(excluded.out.at(-1)).toContain('excluded before it')
    const { label } = openingOf(draw, 'object-4')
    expect(excluded.out.join('\n')).toContain(label)
    const byLabel = await prove('--label', label)
    expect(byLabel.out.at(-1)).toBe(excluded.out.at(-1))
    expect(byLabel.out.join('\n')).not.toContain('object-4')
  })

  it('DRW-34 says of a stratum that nothing was drawn from it', async () => {
    const none = demoBundle({ objects: 3 })
    const transcript = onDisk(none)
    const { label } = openingOf(none, 'object-2')
    const { out } = await call({}, 'draw', 'prove', transcript, '--demo', '--label', label)
    expect(out.at(-1)).toMatch(none.drawnIds.includes('object-2') ? /^抽中/ : /^未抽中/)
  })

  it('DRW-34 SEC-05 says nothing from an id alone, and why', async () => {
    const hidden = draw.drawnIds.at(-1) ?? ''
    const { exitCode, out, err } = await prove('--id', hidden)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] })
    expect(err[0]).toContain('盐')
    expect(err[0]).toContain('--opening')
    const nobody = await prove('--id', 'nobody')
    expect(nobody.err[0]?.replace('nobody', hidden)).toBe(err[0])
  })

  it('DRW-34 says of an id whose visit is public that it was drawn', async () => {
    const opened = draw.drawnIds[0] ?? ''
    const { exitCode, out } = await prove('--id', opened)
    expect(exitCode).toBe(0)
    expect(out.at(-1)).toContain(`${opened}: drawn`)
    const { lines } = await callJson({}, 'draw', 'prove', path, '--demo', '--id', opened)
    expect(lines).toMatchObject([{ outcome: 'DRAWN', id: opened }])
  })

  it('DRW-34 refuses an opening that leads elsewhere, or is another object’s', async () => {
    const [first, second] = [openingOf(draw, 'object-0'), openingOf(draw, 'object-1')]
    const forged = await prove('--opening', beside('forged.json', canonicalJson({ ...first, id: second.id })))
    expect(forged).toMatchObject({ exitCode: 1, out: [] })
    expect(forged.err[0]).toContain('forged.json /label')
    const other = await prove('--id', 'object-1', '--opening', openingFile('object-0'))
    expect(other).toMatchObject({ exitCode: 1, out: [] })
    expect(await prove('--label', '0'.repeat(64))).toMatchObject({ exitCode: 1, out: [] })
  })

  it.each([[[]], [['--label', 'x']], [['--label', '0'.repeat(64), '--id', 'a']], [['--opening', '/nowhere']]])(
    'refuses %j with exit code 2',
    async (words) => {
      expect(await prove(...words)).toMatchObject({ exitCode: 2, out: [] })
    },
  )
})

describe('draw explain', { timeout: 60_000 }, () => {
  it('DRW-31 DRW-28 tells who, when, what for, and of every stratum how its number came about', async () => {
    const { exitCode, out, err } = await call({}, 'draw', 'explain', path)
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] })
    const text = out.join('\n')
    for (const part of [
      draw.drawId,
      'bureau-230300（230300）',
      '计划 plan-2026 的 line-03，第 1 批次，第 1 次',
      '2026-03-02T09:00:00.000+08:00',
      '2026-03-02T09:05:00.000+08:00',
      'A: 对应 N = 14，可抽 14；对应数的 10%，进一取整 = 7/5，抽 n = 2',
      'D: 对应 N = 13，可抽 13；定数 3 = 3，抽 n = 3',
      '2026-03-02T09:35:00.000+08:00',
      'REPEAT_BAR: 4',
      '没有见证方',
      '未经核对',
    ])
      expect(text).toContain(part)
    const t = (JSON.parse(draw.transcript) as { transcript: Record<string, unknown> }).transcript
    expect(text).toContain(String(t['seed']))
    for (const { cutOff } of t['strata'] as readonly { cutOff: string }[]) expect(text).toContain(cutOff)
  })

  it('says of a demonstration how it is checked, and takes --demo for no other', async () => {
    for (const words of [[], ['--demo']]) {
      const { exitCode, out } = await call({}, 'draw', 'explain', path, ...words)
      expect([exitCode, out.at(-1)]).toEqual([0, expect.stringContaining('draw verify --demo')])
    }
    const real = onDisk(demoJoint())
    const { exitCode, out } = await call({}, 'draw', 'explain', real)
    expect([exitCode, out.at(-1)]).toEqual([0, expect.stringMatching(/that is draw verify$/)])
    const refused = await call({}, 'draw', 'explain', real, '--demo')
    expect([refused.exitCode, refused.out, refused.err[0]]).toEqual([2, [], expect.stringContaining('请去掉 --demo')])
  })

  it('DRW-26 tells of every city that draws together when its pool was copied, what it excluded and who witnesses its log', async () => {
    const drawn = demoJoint({ others: ['230400'] })
    const { out } = await call({}, 'draw', 'explain', onDisk(drawn))
    const s = JSON.parse(drawn.commitment) as Commitment
    for (const { snapshot, witnesses } of partsOf(s)) {
      const of = (value: string) => out.filter((line) => line.includes(`${snapshot.regionCode}: ${value}`))
      expect(of('2026-')).toHaveLength(1)
      expect(snapshot.exclusions.counts.length).toBeGreaterThan(0)
      for (const { ground, count } of snapshot.exclusions.counts)
        expect(of(ground).filter((line) => line.endsWith(`: ${count}`))).toHaveLength(1)
      expect(of(`${witnesses.count} 个见证方，至少 ${witnesses.quorum} 个`)).toHaveLength(1)
    }
  })

  it('DRW-25 says that a draw is targeted, on how many clues, and names them', async () => {
    const { out } = await call({}, 'draw', 'explain', onDisk(demoBundle({ onClues: true, publicOpening: 'full', withReveal: true })))
    const text = out.join('\n')
    expect(text).toContain('定向抽查：线索任务 task-07（线索 2 条：clue-1, clue-2）')
    expect(text).toContain('targeted draw: clue task task-07 (2 clues: clue-1, clue-2)')
    expect(text).toContain('with the label')
  })

  it('answers in JSON', async () => {
    const { lines } = await callJson({}, 'draw', 'explain', path)
    expect(lines).toMatchObject([
      {
        drawId: draw.drawId,
        organiserUnitId: 'bureau-230300',
        strata: [
          { stratum: 'A', mapped: 14, eligible: 14, raw: { numerator: 7, denominator: 5 }, n: 2 },
          { stratum: 'B' },
          { stratum: 'D', n: 3 },
        ],
        exclusions: [{ ground: 'REPEAT_BAR', count: 4 }],
        beacons: [{ source: 'self/230300', at: '2026-03-02T09:35:00.000+08:00' }],
        batches: [4, 4],
      },
    ])
  })

  it('names the place of what it cannot read', async () => {
    const odd = onDisk({ ...draw, commitment: draw.commitment.replace('"batch":1', '"batch":"1"') })
    const { exitCode, err } = await call({}, 'draw', 'explain', odd)
    expect(exitCode).toBe(1)
    expect(err[0]).toContain('/batch: ')
  })
})
