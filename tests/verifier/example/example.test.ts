import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { candidatesFor, type HashName, rankLabels } from '@dual-random/draw'
import { utf8 } from '@dual-random/kernel'
import { auditDraw } from '@dual-random/verify'
import { hashNamed } from '@dual-random/verify/testing'
import { describe, expect, it } from 'vitest'
import { judgeByLibrary, type Parts } from '../judges.ts'
import { pythonPackages, runPython } from '../python.ts'
import { main } from '../verify.mjs'
import { makeExample } from './annex.ts'
import { playExample } from './played.ts'

// The annex of the protocol and its files are what the code computes; `npm run example` writes them again.

const repository = fileURLToPath(new URL('../../../', import.meta.url))
const read = (path: string): string => readFileSync(join(repository, path), 'utf8')
const folderOf = (hash: HashName): string => `tests/vectors/draw/example-${hash}`
const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(repository, folder).length + 1))
      .map((name) => [name, read(`${folder}/${name}`)]),
  )

describe('the example of docs/draw-protocol.md', () => {
  const made = makeExample()

  it('DRW-31 says what the code computes', () => {
    expect(read('docs/draw-protocol-example.md') === made.annex, 'npm run example writes it again').toBe(true)
    expect(read('docs/draw-protocol.md')).toContain('(draw-protocol-example.md)')
  })

  it.each(['sha256', 'sm3'] as const)('DRW-31 has the files that the code makes by %s, and no others', (hash) => {
    expect(filesIn(folderOf(hash))).toEqual(made.files[`example-${hash}`])
  })

  it('DRW-31 shows of both hashes the same values by name, and no two draws alike', () => {
    const [bySha256 = '', bySm3 = ''] = made.annex.split('## The same draw by SM3')
    const namesIn = (text: string): readonly string[] =>
      [...text.matchAll(/^([^`\n]+?) = \S/gm)].map(([, name = '']) => name.replaceAll(/[0-9a-f]{64}|object-\d/g, '…'))
    const ordered = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()
    expect(ordered(namesIn(bySm3))).toEqual(ordered(namesIn(bySha256)))
    const valueOf = (text: string, name: string): string => new RegExp(`^${name} = (.*)$`, 'm').exec(text)?.[1] ?? name
    for (const name of ['drawId', 'K', 'root', 'H\\(S\\)', 'Z', 'cutOff A', 'head\\(0\\)']) {
      expect(valueOf(bySha256, name)).toMatch(/^[0-9a-f]{64}$/)
      expect(valueOf(bySm3, name)).not.toBe(valueOf(bySha256, name))
    }
  })

  it.each([
    ['sha256', 0],
    ['sm3', 1],
  ] as const)('DRW-15 DRW-23 matches the inspectors of one object as libs/draw does, by %s', (name, half) => {
    const hash = hashNamed(name)
    const { matchInput: input, match, transcript } = playExample(name)
    const [first, shown] = match.matches
    const needs = input.objects.find(({ label }) => label === shown?.object)
    if (first === undefined || shown === undefined || needs === undefined) throw new Error('no second object with a line')
    const values = made.annex.split('## The same draw by SM3')[half] ?? ''
    const section = values.split(/^#+ /m).find((text) => /^\d+\. Inspectors/.test(text)) ?? ''
    const said = (pattern: RegExp): readonly string[] => [...section.matchAll(pattern)].map(([, value = '']) => value)

    const before = new Set(first.teams.flatMap(({ members }) => members))
    const loadOf = ({ load, label }: { readonly load: number; readonly label: string }): number => load + (before.has(label) ? 1 : 0)
    const { candidates, ruledOut } = candidatesFor(input, needs, loadOf)
    expect(said(/^filter of \S+ = (\w+)$/gm).toSorted()).toEqual(ruledOut.map(({ filter }) => filter))
    expect(ruledOut.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1])
    expect(said(/^filter of (\S+ = none, reluctance \d)$/gm).toSorted()).toEqual(
      candidates.map(({ inspector, reluctance }) => `${inspector.id} = none, reluctance ${reluctance}`).toSorted(),
    )
    expect(said(/^load of (.*)$/gm)).toEqual(
      input.inspectors.map((one) => `${one.id} = ${one.load} + ${loadOf(one) - one.load}`).toSorted(),
    )

    const context = ['inspector', input.unitId, shown.object] as const
    const labels = candidates.map(({ inspector }) => inspector.label)
    const ranked = rankLabels(hash, transcript.transcript.seed, context, labels)
    expect(said(/^ticket (.*)$/gm).toSorted()).toEqual(ranked.map(({ label, ticket }) => `${label} = ${ticket}`).toSorted())
    expect(said(/^member \d = (.*)$/gm)).toEqual(shown.teams[0]?.members)
    expect(said(/^leader = (.*)$/gm)).toEqual([shown.leader])
    const reluctanceOf = (label: string): number => candidates.find(({ inspector }) => inspector.label === label)?.reluctance ?? 0
    const preferred = ranked.toSorted((a, b) => reluctanceOf(a.label) - reluctanceOf(b.label)).map(({ label }) => label)
    expect(said(/^preferred \d = (.*)$/gm)).toEqual(preferred)
  })
})

describe.each(['sha256', 'sm3'] as const)('the example’s files by %s', { timeout: 120_000 }, (hash) => {
  const files = filesIn(folderOf(hash))
  const named = (start: string): string => Object.keys(files).find((name) => name.startsWith(start)) ?? start
  const transcript = named('transcript-')
  const at = (name: string): string => join(repository, folderOf(hash), name)
  const args = ['--keys', at('keys-230300.json'), at(transcript), '--opening', at('opening.json')]
  const said = ['MATCH', '复核 (audit)     auditor-230300 已复核本次抽取，异常 0 项', '本户 (own)       抽中，第 1 批']

  it('DRW-31 match by verify.mjs', async () => {
    const lines: string[] = []
    const code = await main(args, { log: (line) => lines.push(line), error: (line) => lines.push(line) })
    expect({ code, first: lines[0] }).toEqual({ code: 0, first: 'MATCH' })
    for (const part of said) expect(lines.join('\n')).toContain(part)
  })

  it('DRW-31 match by verify.py', () => {
    const { code, out, errors } = runPython(args, pythonPackages())
    expect({ code, errors, first: out.split('\n')[0] }).toEqual({ code: 0, errors: '', first: 'MATCH' })
    for (const part of said) expect(out).toContain(part)
  }, 300_000)

  it('DRW-15 DRW-20 DRW-31 hold in the audit with the example’s K: labels, grounds and their evidence, teams', () => {
    const file = (name: string) => ({ name, bytes: utf8(files[name] ?? '') })
    const input = named('private/match-inputs/')
    const audit = auditDraw(
      {
        commitment: file(named('commitment-')),
        roster: file(named('rosters/')),
        objects: file('private/objects.ndjson'),
        exclusions: file('private/exclusions.ndjson'),
        key: { name: 'K', bytes: playExample(hash).key },
        transcript: file(transcript),
        log: file(named('region-log-')),
        matchInputs: new Map([['bureau-230300', file(input)]]),
        match: file('private/match.json'),
      },
      hashNamed,
    )
    expect(audit).toMatchObject({ ok: true, value: { objects: 7, findings: [] } })
  })

  it('DRW-31 match by libs/verify', () => {
    const names = {
      transcript,
      commitment: named('commitment-'),
      roster: named('rosters/'),
      openings: named('openings/'),
      log: named('region-log-'),
      checkpoints: named('checkpoints-'),
      keys: named('keys-'),
      opening: named('opening.json'),
    } as unknown as Parameters<typeof judgeByLibrary>[0]
    const parts = Object.fromEntries(Object.entries(names).map(([part, name]) => [part, files[name]])) as Parts
    expect(judgeByLibrary(names, parts, false)).toEqual({ code: 0, missing: [] })
  })
})
