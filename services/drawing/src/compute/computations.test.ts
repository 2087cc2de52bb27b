import { readFileSync } from 'node:fs'
import {
  type Commitment,
  type Drawn,
  drawnSalt,
  type HashName,
  type LogGenesis,
  type MatchInput,
  type MatchRecord,
  matchInputText,
  type RosterEntry,
  type SignedTranscript,
  transcriptFile,
} from '@dual-random/draw'
import { fromHex, type LocalDate, ok, toHex, type UnitId, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { createLogger } from '@dual-random/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import { request } from '../../tests/fixtures.ts'
import type { RosterDrawInput, WrittenFile } from '../app/computations.ts'
import { textOf } from '../domain/file-text.ts'
import { type Candidate, matchInputOf } from '../domain/match-files.ts'
import type { LineUnit } from '../domain/plan-line.ts'
import { computeThreads, threadComputations } from './computations.ts'

/** A whole draw of tests/vectors/draw, made by the second implementation there. */
interface Bundle {
  readonly hash: HashName
  readonly key: string
  readonly objects: readonly { readonly label: string; readonly id: string; readonly stratum: string }[]
  readonly exclusions: readonly { readonly label: string }[]
  readonly reveals: RosterDrawInput['reveals']
  readonly beaconOutputs: RosterDrawInput['beacons']
  readonly matchInputs: readonly MatchInput[]
  readonly rosterText: string
  readonly commitmentText: string
  readonly transcriptText: string
  readonly transcriptDigest: string
  readonly matchRecordText: string
  readonly matchRecordDigest: string
}

const bundleOf = (name: HashName): Bundle =>
  JSON.parse(readFileSync(new URL(`../../../../tests/vectors/draw/bundle-${name}.json`, import.meta.url), 'utf8')) as Bundle

const candidate = (unitId: UnitId, id: string, specialities: readonly string[]): Candidate => ({
  label: id.repeat(64),
  inspectorId: `i-${id}`,
  salt: id.repeat(64),
  unitId,
  homeUnitId: unitId,
  homeKind: 'OFFICE',
  specialities,
  validTo: '2099-12-31' as LocalDate,
  hasRecusalScope: true,
})

const threads = computeThreads({ logger: createLogger({ service: 'test', level: 'silent' }) })
afterAll(() => threads.close())

describe.each(['sha256', 'sm3'] as const)('computations in threads under %s', { timeout: 30_000 }, (name) => {
  const bundle = bundleOf(name)
  const hash = { name, digest: (bytes: Uint8Array) => digest(name, bytes) }
  const computations = threadComputations(threads, name)
  const commitment = JSON.parse(bundle.commitmentText) as Commitment
  const known = { commitment, beacons: bundle.beaconOutputs, reveals: bundle.reveals }
  const { transcript, ...record } = JSON.parse(bundle.transcriptText) as SignedTranscript
  const drawn: Drawn = { seed: transcript.seed, strata: transcript.strata, batches: transcript.batches }

  it('DRW-31 writes the roster file of a signed set, whatever its order and parts, and none of another', async () => {
    const excluded = new Set(bundle.exclusions.map(({ label }) => label))
    const entries = bundle.objects.map(({ label, stratum }): RosterEntry => ({ label, stratum, excluded: excluded.has(label) }))
    const parts = [entries.slice(3), entries.slice(0, 3)].map((part) => utf8(JSON.stringify(part)))
    const file = await computations.rosterFile({ parts, signed: commitment.snapshot })
    expect(file && textOf(file)).toBe(bundle.rosterText)
    const { root, rosterDigest } = commitment.snapshot
    const whole = (): Uint8Array[] => [utf8(JSON.stringify(entries))]
    expect(await computations.rosterFile({ parts: whole(), signed: { root: rosterDigest, rosterDigest } })).toBeUndefined()
    expect(await computations.rosterFile({ parts: whole(), signed: { root, rosterDigest: root } })).toBeUndefined()
    expect(await computations.rosterFile({ parts: [...whole(), ...whole()], signed: commitment.snapshot })).toBeUndefined()
  })

  it('DRW-31 draws what the second implementation draws', async () => {
    expect(await computations.draw({ ...known, roster: utf8(bundle.rosterText) })).toEqual(ok(drawn))
  })

  it('says by its code why a draw cannot be run', async () => {
    const lines = bundle.rosterText.split('\n')
    const error = async (roster: string, change: Partial<RosterDrawInput> = {}) =>
      computations.draw({ ...known, ...change, roster: utf8(roster) })
    expect(await error(lines.slice(1).join('\n'))).toMatchObject({ ok: false, error: { code: 'other-roster' } })
    expect(await error('{}\n')).toMatchObject({ ok: false, error: { code: 'bad-line', line: 1 } })
    expect(await error(bundle.rosterText, { beacons: [] })).toMatchObject({ ok: false, error: { code: 'other-round' } })
  })

  it('DRW-31 writes the transcript whose file the second implementation has, byte for byte', async () => {
    const key = fromHex(bundle.key) as Uint8Array
    const ids = new Map(bundle.objects.map(({ label, id }) => [label, id]))
    const openings = drawn.batches.flat().map((label) => {
      const id = ids.get(label) as string
      return { id, drawnSalt: drawnSalt(hash, key, commitment.drawId, id) }
    })
    const { genesis, entries } = transcript.log
    const made = await computations.transcribe({ ...known, drawn, openings, genesis: genesis satisfies LogGenesis, entries })
    expect(made.digest).toBe(bundle.transcriptDigest)
    expect(textOf(transcriptFile(record, made.bytes))).toBe(bundle.transcriptText)
  })

  it('writes the file of each unit and counts the labels without a full team, or says whose file cannot be made', async () => {
    const [unit] = request.line.units as [LineUnit]
    const labels = ['a1', 'b2', 'c3'].map((digits) => digits.repeat(32))
    const candidates = ['1', '2'].map((id, index) => candidate(unit.unitId, id, index === 0 ? ['食品'] : []))
    const needs = [{ label: labels[2] as string, specialities: ['食品'], recusals: [], lastInspectors: [] }]
    const input = {
      drawId: commitment.drawId,
      nonce: commitment.snapshot.root,
      line: request.line,
      terms: request.terms,
      unit,
      loads: new Map(),
    }
    const parts = () => ({ needs: [utf8(JSON.stringify(needs))], candidates })
    const labelParts = () => [labels.slice(0, 1), labels.slice(1)].map((some) => utf8(JSON.stringify(some)))
    const made = await computations.matchFiles({ units: [{ ...input, ...parts() }], labels: labelParts() })
    const expected = matchInputOf({ ...input, candidates, needs })
    if (!made.ok || !expected.ok) throw new Error('refused')
    const [file] = made.value.files as [WrittenFile]
    expect(textOf(file.bytes)).toBe(matchInputText(expected.value))
    expect(file.digest).toBe(toHex(hash.digest(utf8(matchInputText(expected.value)))))
    expect(made.value.withoutTeam).toBe(1)
    const nobody = await computations.matchFiles({ units: [{ ...input, ...parts(), candidates: [] }], labels: labelParts() })
    expect(nobody).toEqual({ ok: false, error: { code: 'no-eligible-inspector', unitId: unit.unitId } })
  })

  it('forecasts which of the expected objects a unit can staff, or says whose file cannot be made', async () => {
    const [unit] = request.line.units as [LineUnit]
    const labels = ['a1', 'b2', 'c3', 'd4'].map((digits) => digits.repeat(32))
    const needs = labels.slice(2).map((label) => ({ label, specialities: ['食品'], recusals: [], lastInspectors: [] }))
    const of = {
      drawId: commitment.drawId,
      nonce: commitment.snapshot.root,
      line: request.line,
      terms: request.terms,
      unit,
      loads: new Map(),
    }
    const candidates = ['1', '2'].map((id) => candidate(unit.unitId, id, []))
    const units = () => [{ ...of, candidates, needs: [utf8(JSON.stringify(needs))] }]
    const strata = () => [{ drawn: 2, labels: [utf8(JSON.stringify(labels))] }]
    expect(await computations.forecast({ units: units(), strata: strata() })).toEqual({
      ok: true,
      value: {
        drawn: 2,
        units: [
          {
            unitId: unit.unitId,
            teamSize: 2,
            kinds: [
              { specialities: [], objects: 1, staffable: 1 },
              { specialities: ['食品'], objects: 1, staffable: 0 },
            ],
            binds: 'speciality',
          },
        ],
      },
    })
    const nobody = await computations.forecast({ units: units().map((each) => ({ ...each, candidates: [] })), strata: strata() })
    expect(nobody).toEqual({ ok: false, error: { code: 'no-eligible-inspector', unitId: unit.unitId } })
  })

  it('DRW-31 matches the teams that the second implementation matches, byte for byte', async () => {
    const { nonce, transcriptDigest, matches } = JSON.parse(bundle.matchRecordText) as MatchRecord
    const made = await computations.matchTeams({
      drawId: commitment.drawId as typeof request.drawId,
      transcriptDigest,
      nonce,
      transcript: utf8(bundle.transcriptText),
      inputs: bundle.matchInputs.map((input) => utf8(matchInputText(input))),
    })
    expect(textOf(made.bytes)).toBe(bundle.matchRecordText)
    expect(made.digest).toBe(bundle.matchRecordDigest)
    expect(made.shortOfTeam).toBe(matches.filter(({ shortages }) => shortages.length > 0).length)
    const members = matches.flatMap(({ teams }) => teams.flatMap((team) => team.members))
    expect(made.loads.reduce((sum, { objects }) => sum + objects, 0)).toBe(members.length)
  })
})
