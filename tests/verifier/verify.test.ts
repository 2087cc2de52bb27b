import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Pulse, quicknet, signPulse, timeOfRound } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import { addMs } from '@dual-random/kernel'
import { type DemoFiles, type DemoOptions, demoBundle, openingText } from '@dual-random/verify/testing'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { otherCharacter } from './outsider-edits.ts'
import { Difference, main, type NamedFile, verifyBundle } from './verify.mjs'

type Part = 'transcript' | 'commitment' | 'roster'

const program = fileURLToPath(new URL('verify.mjs', import.meta.url))
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const fileNames = ({ drawId }: DemoFiles) => ({
  transcript: `transcript-${drawId}.json`,
  commitment: `commitment-${drawId}.json`,
  roster: `rosters/${drawId}.ndjson`,
  openings: `openings/${drawId}.ndjson`,
  log: 'region-log-230300.ndjson',
})

function inMemory(files: DemoFiles): Record<Part | 'openings' | 'log', NamedFile> {
  const names = fileNames(files)
  const file = (part: keyof typeof names): NamedFile => ({ name: names[part], bytes: Buffer.from(files[part], 'utf8') })
  return {
    transcript: file('transcript'),
    commitment: file('commitment'),
    roster: file('roster'),
    openings: file('openings'),
    log: file('log'),
  }
}

function onDisk(files: DemoFiles, parts: readonly (keyof ReturnType<typeof fileNames>)[] = ['transcript', 'commitment', 'roster']): string {
  const folder = mkdtempSync(join(tmpdir(), 'verifier-'))
  folders.push(folder)
  for (const name of ['rosters', 'openings']) mkdirSync(join(folder, name))
  for (const part of parts) writeFileSync(join(folder, fileNames(files)[part]), files[part])
  return folder
}

async function run(args: readonly string[]): Promise<{ code: number; out: string; errors: string }> {
  const out: string[] = []
  const errors: string[] = []
  const code = await main(args, { log: (line: string) => out.push(line), error: (line: string) => errors.push(line) })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

const bundle = demoBundle()
const names = fileNames(bundle)

/** The difference that a changed bundle of correctly signed files shows. */
async function differenceOf(options: DemoOptions): Promise<string> {
  const { code, errors } = await run(['--demo', join(onDisk(demoBundle(options)), names.transcript)])
  expect(code).toBe(1)
  return errors
}

describe('the verifier as a program', () => {
  it('DRW-31 prints MATCH (demo keys) and ends with 0 on an untouched bundle', () => {
    const folder = onDisk(bundle)
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--demo', join(folder, names.transcript)], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(stdout.split('\n')[0]).toBe('MATCH (demo keys)')
    expect(stdout).toContain(bundle.drawId)
    expect(status).toBe(0)
  })

  it('DRW-31 ends with 1 on a changed roster, naming the file and the pointer', () => {
    const folder = onDisk(bundle)
    writeFileSync(join(folder, names.roster), bundle.roster.replace('"stratum":"A"', '"stratum":"B"'))
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--demo', join(folder, names.transcript)], {
      encoding: 'utf8',
    })
    expect(stdout).toBe('')
    expect(stderr).toContain(`${names.commitment} /snapshot/strata`)
    expect(status).toBe(1)
  })

  it('says so and ends with 2 when the BLS library is missing', () => {
    const folder = onDisk(bundle)
    cpSync(program, join(folder, 'verify.mjs'))
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'verify.mjs'), '--demo', join(folder, names.transcript)], {
      encoding: 'utf8',
    })
    expect(stderr).toContain('@noble/curves')
    expect(status).toBe(2)
  })
})

describe('the verifier', () => {
  it('DRW-31 accepts both hashes, both kinds of opening and a revealed secret', async () => {
    for (const options of [{ hash: 'sm3' }, { publicOpening: 'full' }, { withReveal: true }, { objects: 1 }, { objects: 0 }] as const) {
      const files = demoBundle(options)
      const result = await run([
        '--demo',
        join(onDisk(files, ['transcript', 'commitment', 'roster', 'openings', 'log']), fileNames(files).transcript),
      ])
      expect(result).toMatchObject({ code: 0, errors: '' })
    }
  }, 60_000)

  it('refuses a demonstration log without --demo, and --demo on any other', async () => {
    const plain = await run([join(onDisk(bundle), names.transcript)])
    expect(plain.code).toBe(2)
    expect(plain.errors).toContain('--demo')
    const real = demoBundle({ demo: false })
    expect((await run(['--demo', join(onDisk(real), names.transcript)])).code).toBe(2)
  })

  it('DRW-32 does not let a self beacon stand in a log that is no demonstration', async () => {
    const real = demoBundle({ demo: false })
    const { code, errors } = await run([join(onDisk(real), names.transcript)])
    expect(code).toBe(1)
    expect(errors).toContain('/beacons/0/kind')
  })

  it('DRW-32 recomputes a draw on a published quicknet round, and says PENDING without witnesses', async () => {
    const published = JSON.parse(readFileSync(new URL('../vectors/draw/drand.json', import.meta.url), 'utf8')) as {
      pulses: readonly Pulse[]
    }
    const pulse = published.pulses.find(({ round }) => round === 657413)
    if (pulse === undefined) throw new Error('no such pulse')
    const options = {
      demo: false,
      chains: [quicknet],
      committedAt: addMs(timeOfRound(quicknet, pulse.round), -1_800_000),
      pulse: () => pulse,
    }
    const result = await run([join(onDisk(demoBundle(options)), names.transcript)])
    expect(result.code).toBe(3)
    expect(result.out).toContain('PENDING')
    const otherKey = { ...options, chains: [{ ...quicknet, publicKey: quicknet.publicKey.replace('83cf', '83ce') }] }
    const { code, errors } = await run([join(onDisk(demoBundle(otherKey)), names.transcript)])
    expect(code).toBe(1)
    expect(errors).toContain(' /beacons/0/publicKey: ')
  })

  it('checks the log and the openings where they are there', async () => {
    const { code, out } = await run([
      '--demo',
      join(onDisk(bundle, ['transcript', 'commitment', 'roster', 'openings', 'log']), names.transcript),
    ])
    expect(code).toBe(0)
    expect(out).toContain(`4 / ${bundle.drawnIds.length}`)
    expect(out).toContain('whole chain checked')
  })

  it('DRW-34 tells one object from its own opening whether it was drawn, excluded or not drawn', async () => {
    const folder = onDisk(bundle)
    const told = new Map<string, number>()
    const openings = bundle.ownOpenings()
    for (const opening of openings) {
      writeFileSync(join(folder, 'own.json'), openingText(opening))
      const { code, out } = await run(['--demo', join(folder, names.transcript), '--opening', join(folder, 'own.json')])
      expect(code).toBe(0)
      const verdict = /\((drawn|not drawn|excluded)/.exec(out.split('\n').at(-1) ?? '')?.[1] ?? ''
      expect(verdict === 'drawn').toBe(bundle.drawnIds.includes(opening.id))
      told.set(verdict, (told.get(verdict) ?? 0) + 1)
    }
    expect([...told.keys()].toSorted()).toEqual(['drawn', 'excluded', 'not drawn'])
    const [first, second] = openings
    if (first === undefined || second === undefined) throw new Error('no openings')
    for (const forged of [
      { ...first, id: second.id },
      { ...first, salt: second.salt },
      { ...second, index: first.index },
      { ...first, stratum: 'Z' },
    ]) {
      writeFileSync(join(folder, 'own.json'), openingText(forged))
      expect((await run(['--demo', join(folder, names.transcript), '--opening', join(folder, 'own.json')])).code).toBe(1)
    }
  }, 60_000)

  it('ends with 2 on wrong usage and missing files', async () => {
    expect((await run([])).code).toBe(2)
    expect((await run(['--demo', 'transcript.json'])).code).toBe(2)
    expect((await run(['--demo', join(onDisk(bundle, ['transcript', 'commitment']), names.transcript)])).code).toBe(2)
  })
})

describe('what a cheating organiser signs all the same', () => {
  const cases: readonly (readonly [string, DemoOptions, string])[] = [
    [
      'DRW-21 another n than the rule gives',
      { onCommitment: (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, n: 2 })), batchSizes: [3, 3] }) },
      '/strata/1/n',
    ],
    [
      'CRD-17 another raw number',
      { onCommitment: (s) => ({ ...s, strata: s.strata.map((one) => ({ ...one, raw: { numerator: 3, denominator: 1 } })) }) },
      '/strata/0/raw',
    ],
    [
      'DRW-32 a round chosen by hand',
      { onCommitment: (s) => ({ ...s, beacons: s.beacons.map((one) => ('round' in one ? { ...one, round: one.round + 1 } : one)) }) },
      '/beacons/0/round',
    ],
    ['DRW-32 a shorter delay', { onCommitment: (s) => ({ ...s, delaySeconds: 1199 }) }, '/delaySeconds'],
    ['DRW-32 a better assurance', { onCommitment: (s) => ({ ...s, assurance: 'public' as const }) }, '/assurance'],
    ['DRW-31 another draw', { onCommitment: (s) => ({ ...s, attempt: 2 }) }, '/drawId'],
    ['DRW-31 batches that do not add up', { onCommitment: (s) => ({ ...s, batchSizes: [1, 1] }) }, '/batchSizes'],
    [
      'DRW-20 hidden exclusions',
      { onCommitment: (s) => ({ ...s, snapshot: { ...s.snapshot, exclusions: { ...s.snapshot.exclusions, counts: [] } } }) },
      '/snapshot/exclusions/counts',
    ],
    [
      'DRW-31 a snapshot the registry did not sign',
      { onCommitment: (s) => ({ ...s, snapshot: { ...s.snapshot, creditLoadDigest: s.policyDigest } }) },
      '/transcript/log/entries/0/signature',
    ],
    ['DRW-32 another seed', { onTranscript: (t) => ({ ...t, seed: t.commitment }) }, '/transcript/seed'],
    [
      'DRW-32 another randomness',
      { onTranscript: (t) => ({ ...t, beacons: t.beacons.map((one) => ({ ...one, randomness: t.commitment })) }) },
      '/transcript/beacons/0/randomness',
    ],
    [
      'DRW-31 one drawn object swapped',
      {
        onTranscript: (t) => ({
          ...t,
          strata: t.strata.map((one) => ({ ...one, drawn: one.drawn.map((d) => ({ ...d, label: t.commitment })) })),
        }),
      },
      '/transcript/strata/0/drawn/0/label',
    ],
    [
      'DRW-31 one drawn object too few',
      { onTranscript: (t) => ({ ...t, strata: t.strata.map((one) => ({ ...one, drawn: one.drawn.slice(1) })) }) },
      '/transcript/strata/0/drawn',
    ],
    [
      'DRW-31 another cut-off',
      { onTranscript: (t) => ({ ...t, strata: t.strata.map((one) => ({ ...one, cutOff: t.commitment })) }) },
      '/transcript/strata/0/cutOff',
    ],
    [
      'DRW-16 another order of batches',
      { onTranscript: (t) => ({ ...t, batches: t.batches.map((batch) => batch.toReversed()) }) },
      '/transcript/batches/0/0',
    ],
    [
      'DRW-31 a drawn set with one element less',
      { onTranscript: (t) => ({ ...t, drawnSet: t.drawnSet.slice(1) }) },
      '/transcript/drawnSet',
    ],
    [
      'DRW-31 a log entry out of its chain',
      { onTranscript: (t) => ({ ...t, log: { ...t.log, entries: t.log.entries.map((one) => ({ ...one, previous: t.seed })) } }) },
      '/transcript/log/entries/0/previous',
    ],
    [
      'DRW-32 the beacon key of somebody else',
      { onTranscript: (t) => ({ ...t, log: { ...t.log, genesis: { ...t.log.genesis, keys: t.log.genesis.keys.slice(0, 2) } } }) },
      '/transcript/log/entries/0/previous',
    ],
  ]
  it.each(cases)('%s', async (_, options, where) => {
    expect(await differenceOf(options)).toContain(` ${where}: `)
  })

  it('DRW-32 a pulse that the beacon did not sign, but of another round or of nobody', async () => {
    const other = demoKeys('verifier tests').beaconSecret('230300')
    const ofNobody = `8${'0'.repeat(94)}1`
    const randomness = createHash('sha256').update(Buffer.from(ofNobody, 'hex')).digest('hex')
    for (const pulse of [
      (round: number) => ({ ...signPulse(other, round + 1), round }),
      (round: number) => ({ round, signature: ofNobody, randomness }),
    ]) {
      expect(await differenceOf({ pulse })).toContain(' /transcript/beacons/0/signature: ')
    }
  })
})

describe('changes that nobody signed', () => {
  const replaced = (text: string, position: number, character: string): string =>
    text.slice(0, position) + character + text.slice(position + 1)
  const files = inMemory(bundle)
  /** What the verifier says of the bundle with one file changed. */
  const said = (part: Part | 'openings' | 'log', text: string): Promise<unknown> =>
    verifyBundle({ ...files, [part]: { name: files[part].name, bytes: Buffer.from(text, 'utf8') } }, { demo: true }).then(
      ({ status }) => status,
      (error: unknown) => error,
    )

  it.each(['transcript', 'commitment', 'roster'] as const)(
    'DRW-31 any single changed character of the %s is a difference',
    async (part) => {
      expect(await said(part, bundle[part])).toBe('MATCH')
      const missed: number[] = []
      for (const position of bundle[part].split('').keys()) {
        const changed = replaced(bundle[part], position, otherCharacter(bundle[part][position] ?? ''))
        if (changed === bundle[part] || !((await said(part, changed)) instanceof Difference)) missed.push(position)
      }
      expect(missed).toEqual([])
    },
    600_000,
  )

  it('DRW-31 any character changed into any other is a difference', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('transcript', 'commitment', 'roster'),
        fc.nat(),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        async (part, pick, character) => {
          const text = bundle[part]
          fc.pre(text[pick % text.length] !== character)
          expect(await said(part, replaced(text, pick % text.length, character))).toBeInstanceOf(Difference)
        },
      ),
      { numRuns: 500 },
    )
  }, 60_000)

  it('DRW-31 a line left out, added, doubled or moved, and a last LF too few', async () => {
    const lines = bundle.roster.trimEnd().split('\n')
    const rosters = [
      lines.slice(1),
      lines.slice(0, -1),
      [...lines, `{"excluded":false,"label":"${'f'.repeat(64)}","stratum":"A"}`],
      lines.flatMap((line, index) => (index === 3 ? [line, line] : [line])),
      lines.toReversed(),
    ].map((changed) => `${changed.join('\n')}\n`)
    for (const text of [...rosters, bundle.roster.slice(0, -1), `\uFEFF${bundle.roster}`, bundle.roster.replaceAll('\n', '\r\n'), '']) {
      expect(await said('roster', text)).toBeInstanceOf(Difference)
    }
  })

  it('DRW-31 a signature that is the same number written larger', async () => {
    const { signature } = JSON.parse(bundle.transcript) as { signature: string }
    const reversed = (hex: string): string => Buffer.from(Buffer.from(hex, 'hex').toReversed()).toString('hex')
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const larger = reversed((BigInt(`0x${reversed(signature.slice(64))}`) + order).toString(16).padStart(64, '0'))
    expect(await said('transcript', bundle.transcript.replace(signature, signature.slice(0, 64) + larger))).toMatchObject({
      where: '/signature',
    })
  })

  it('DRW-31 openings and log entries of something else', async () => {
    const lines = bundle.openings.trimEnd().split('\n')
    const entries = bundle.log.trimEnd().split('\n')
    const text = (changed: readonly string[]): string => changed.map((line) => `${line}\n`).join('')
    const { drawId } = bundle
    expect(await said('openings', bundle.openings.replace(/"id":"object-\d+"/, '"id":"object-99999"'))).toMatchObject({ where: 'line 1' })
    expect(await said('openings', text([...lines.slice(0, 1), ...lines]))).toMatchObject({ where: 'line 2' })
    expect(await said('log', text(entries.slice(0, 3)))).toMatchObject({ where: '(whole file) transcript' })
    expect(await said('log', text(entries.toSpliced(2, 1)))).toMatchObject({ where: 'line 3 /seq' })
    expect(await said('log', bundle.log.replace('"kind":"transcript"', '"kind":"closed"'))).toMatchObject({ where: 'line 4 /head' })
    expect(await said('log', bundle.log.replace(`"drawId":"${drawId}"`, '"drawId":null'))).toMatchObject({ where: 'line 2 /drawId' })
    expect(await said('log', '')).toBeInstanceOf(Difference)
  })
})
