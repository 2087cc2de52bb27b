import { ed25519Verify } from '@dual-random/beacon'
import { labelOf } from '@dual-random/draw'
import { toHex, utf8 } from '@dual-random/kernel'
import { digest, hmac } from '@dual-random/kernel/hash'
import { parseKeysFile } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import { type DemoFiles, type DemoMember, type DemoOptions, demoBundle, namedFiles, openingOf } from '../../tests/index.ts'
import { type AuditFiles, auditDraw, type Finding, type VerifyOptions, verifyBundle } from '../index.ts'

const nodeHash: VerifyOptions['hash'] = (name) => ({ name, digest: (bytes) => digest(name, bytes) })
/** In front of witnesses, so that its log has the `match` entry too. */
const bundle = (options: DemoOptions = {}): DemoFiles => demoBundle({ witnessed: true, ...options })
const verdictOf = (files: DemoFiles) => {
  const pinned = parseKeysFile(files.keys ?? '')
  if (!pinned.ok) throw new Error(JSON.stringify(pinned.error))
  return verifyBundle(namedFiles(files), { demo: true, hash: nodeHash, verifyEd25519: ed25519Verify, pinnedKeys: pinned.value })
}

const filesOf = (draw: DemoFiles, change: Partial<AuditFiles> = {}): AuditFiles => ({
  ...namedFiles(draw),
  objects: draw.private.objects,
  exclusions: draw.private.exclusions,
  matchInputs: new Map([['bureau-230300', draw.private.matchInput]]),
  match: draw.private.match,
  key: { name: 'key', bytes: draw.private.key },
  ...change,
})

function audited(draw: DemoFiles, change?: Partial<AuditFiles>): readonly Finding[] {
  const audit = auditDraw(filesOf(draw, change), nodeHash)
  if (!audit.ok) throw new Error(JSON.stringify(audit.error))
  return audit.value.findings
}
const found = (options: DemoOptions, change?: (draw: DemoFiles) => Partial<AuditFiles>): readonly string[] => {
  const draw = bundle(options)
  return audited(draw, change?.(draw)).map(({ file, where, code }) => `${code} ${file.replace(draw.drawId, '%')} ${where}`)
}
const hash = nodeHash('sha256')
const { drawId } = bundle()
/** Another label of an id, by a salt that K did not give. */
const relabelled = (member: DemoMember, stratum = member.stratum, by = 'another'): DemoMember => {
  const salt = toHex(hmac('sha256', utf8(by), utf8(member.id)))
  return { ...member, stratum, salt, label: labelOf(hash, 'object', drawId, salt, member.id) }
}
/** In which line of a file of these labels a label stands. */
const lineOf = (labels: readonly string[], label: string): number => labels.toSorted().indexOf(label) + 1
const edited = (draw: DemoFiles, part: 'objects' | 'exclusions' | 'matchInput' | 'match', from: string | RegExp, to: string) => {
  const { name, bytes } = draw.private[part]
  const text = new TextDecoder().decode(bytes)
  const other = text.replace(from, to)
  if (other === text) throw new Error('nothing was edited')
  return { name, bytes: utf8(other) }
}

describe('the audit of a draw with K', () => {
  it.each([{}, { hash: 'sm3' }, { publicOpening: 'full' }, { objects: 0 }, { objects: 1 }] as const)(
    'DRW-31 finds nothing in an honest draw %j',
    (options) => expect(found(options)).toEqual([]),
  )

  it('DRW-31 audits a draw that is only committed', () => {
    const none = { transcript: undefined, log: undefined, match: undefined }
    expect(audited(bundle(), none)).toEqual([])
  })

  it('attack: one id in two strata. The audit finds the clone by both its places and its salt, though every public file holds', () => {
    let clone = ''
    let labels: readonly string[] = []
    const draw = bundle({
      onMembers: (members) => {
        const second = relabelled(members[1] as DemoMember, 'D')
        const all = [...members, second]
        clone = second.label
        labels = all.map(({ label }) => label)
        return all
      },
    })
    expect(verdictOf(draw).status).toBe('MATCH')
    const { id, label, salt } = openingOf(draw, 'object-1')
    const own = lineOf(labels, label)
    const other = lineOf(labels, clone)
    const findings = audited(draw)
    expect(findings).toHaveLength(2)
    expect(findings).toContainEqual({
      file: 'objects.ndjson',
      where: `line ${Math.max(own, other)} /id`,
      code: 'clone',
      id,
      other: `line ${Math.min(own, other)}`,
    })
    expect(findings).toContainEqual({
      file: 'objects.ndjson',
      where: `line ${other} /salt`,
      code: 'wrong-salt',
      expected: salt,
      found: expect.any(String) as string,
    })
  })

  it('attack: one id in two strata. A clone that is drawn under both its labels shows in the drawn set at once', () => {
    // Which clone is drawn follows from S, and S from its label.
    const cloned = (turn: number): DemoFiles =>
      bundle({ onMembers: (members) => [...members, relabelled(members[turn % 40] as DemoMember, 'D', `clone ${turn}`)] })
    const isDrawnTwice = (draw: DemoFiles, turn: number): boolean => draw.drawnIds.filter((id) => id === `object-${turn % 40}`).length === 2
    let turn = 0
    let draw = cloned(turn)
    while (!isDrawnTwice(draw, turn)) draw = cloned(++turn)
    expect(verdictOf(draw)).toMatchObject({
      status: 'DIFFERENT',
      difference: { where: expect.stringContaining('/transcript/drawnSet/') as string, code: 'out-of-order' },
    })
  })

  it('DRW-31 finds a label that was chosen: by its salt, and where it is nobody’s at all', () => {
    const chosen = found({ onMembers: ([first, ...others]) => [relabelled(first as DemoMember), ...others] })
    expect(chosen).toEqual([expect.stringMatching(/^wrong-salt objects.ndjson line \d+ \/salt$/)])
    const nobody = found({ onMembers: ([first, ...others]) => [{ ...(first as DemoMember), label: 'f'.repeat(64) }, ...others] })
    expect(nobody).toEqual(['foreign-label objects.ndjson line 40 /label'])
  })

  it('DRW-31 finds who stands in one of roster and private file alone, or in another stratum', () => {
    const elsewhere = (draw: DemoFiles) => ({ roster: namedFiles(bundle({ objects: 39 })).roster, log: namedFiles(draw).log })
    const findings = found({}, elsewhere)
    expect(findings.filter((one) => one.startsWith('label-missing'))).toEqual([
      expect.stringMatching(/^label-missing objects.ndjson line \d+ \/label$/),
    ])
    for (const place of ['/snapshot/root', '/snapshot/rosterDigest', '/snapshot/strata'])
      expect(findings).toContain(`differs commitment-%.json ${place}`)
    const moved = found({}, (draw) => ({ objects: edited(draw, 'objects', /"stratum":"A"/, '"stratum":"B"') }))
    expect(moved).toEqual(['differs objects.ndjson ', expect.stringMatching(/^differs objects.ndjson line \d+ \/stratum$/)])
    const left = found({}, (draw) => ({ objects: edited(draw, 'objects', /.*\n/, '') }))
    expect(left).toContain('label-missing rosters/%.ndjson line 1 /label')
  })

  it('DRW-13 DRW-20 finds an exclusion without a ground, and a ground without an exclusion', () => {
    const lines = (draw: DemoFiles): readonly string[] => new TextDecoder().decode(draw.private.exclusions.bytes).split('\n')
    const without = found({}, (draw) => ({ exclusions: edited(draw, 'exclusions', `${lines(draw)[1]}\n`, '') }))
    expect(without).toEqual([
      'differs exclusions.ndjson ',
      expect.stringMatching(/^label-missing rosters\/%.ndjson line \d+ \/excluded$/),
      'differs commitment-%.json /snapshot/exclusions/counts',
    ])
    const drawable = openingOf(bundle(), 'object-0').label
    const more = found({}, (draw) => ({
      exclusions: edited(draw, 'exclusions', lines(draw)[1] ?? '', `{"evidence":"e","ground":"g","label":"${drawable}"}`),
    }))
    expect(more).toContain('not-excluded exclusions.ndjson line 2 /label')
    const headless = found({}, (draw) => ({ exclusions: edited(draw, 'exclusions', /.*\n/, '') }))
    expect(headless).toContain('out-of-order exclusions.ndjson line 1')
  })

  it('DRW-20 finds repeats whose evidence names no earlier task, each at its place, and reads no form into other grounds', () => {
    const withEvidence = (from: RegExp, to: string): readonly string[] =>
      found({}, (draw) => ({ exclusions: edited(draw, 'exclusions', from, to) }))
    const formed = '0'.repeat(64)
    expect(withEvidence(/"evidence":"[^"]*"/, `"evidence":"${formed} ${formed} - NEEDS_REASON"`)).toEqual(['differs exclusions.ndjson '])
    expect(withEvidence(/"evidence":"[^"]*"/g, '"evidence":"drawn before"')).toEqual([
      'differs exclusions.ndjson ',
      ...[2, 3, 4, 5].map((line) => `not-a exclusions.ndjson line ${line} /evidence`),
    ])
    const otherGround = '"evidence":"drawn before","ground":"NOT_ACTIVE"'
    expect(withEvidence(/"evidence":"[^"]*","ground":"REPEAT_BAR"/, otherGround)).toEqual(['differs exclusions.ndjson '])
  })

  it('DRW-30 finds a changed file of matching, an inspector of a chosen label, and a need that was left out', () => {
    expect(found({}, () => ({ matchInputs: new Map() }))).toEqual(['not-given commitment-%.json /matchInputs/0'])
    const withInput = (from: RegExp, to: string) =>
      found({}, (draw) => ({ matchInputs: new Map([['bureau-230300', edited(draw, 'matchInput', from, to)]]) }))
    expect(withInput(/"id":"inspector-0"/, '"id":"inspector-1"')).toEqual(
      expect.arrayContaining([
        'differs match-inputs/bureau-230300.ndjson ',
        expect.stringMatching(/^wrong-salt match-inputs\/bureau-230300.ndjson line \d \/inspector\/salt$/),
        expect.stringMatching(/^clone match-inputs\/bureau-230300.ndjson line \d \/inspector\/id$/),
      ]),
    )
    expect(withInput(/\{"object".*\n/, '')).toContainEqual(expect.stringMatching(/^label-missing objects.ndjson line \d+ \/needs$/))
    expect(withInput(/("object".*"specialities":)\["food"\]/, '$1["fire"]')).toContainEqual(
      expect.stringMatching(/^differs match-inputs\/bureau-230300.ndjson line 8 \/object\/specialities$/),
    )
    expect(withInput(/"drawId":"../, '"drawId":"00')).toContain('differs match-inputs/bureau-230300.ndjson line 1 /drawId')
    expect(withInput(/(.*\n)(.*\n)/, '$2$1')).toContain('out-of-order match-inputs/bureau-230300.ndjson line 1')
  })

  it('DRW-30 finds a team that the tickets did not give, and a record that is not the one in the log', () => {
    const swapped = found({ onMatches: ([first, ...others]) => [{ ...(first as (typeof others)[number]), teams: [] }, ...others] })
    expect(swapped).toEqual(['differs match.json /matches/0/teams'])
    const other = found({}, (draw) => ({ match: edited(draw, 'match', /"nonce":"../, '"nonce":"00') }))
    expect(other).toEqual([expect.stringMatching(/^differs region-log-230300.ndjson line \d+ \/digest$/)])
    const ofAnother = found({}, (draw) => ({ match: edited(draw, 'match', /"transcriptDigest":"../, '"transcriptDigest":"00') }))
    expect(ofAnother).toContain('differs match.json /transcriptDigest')
  })

  it('DRW-31 finds a drawn set that is not of the drawn', () => {
    const findings = found({
      onTranscript: (t) => ({ ...t, drawnSet: t.drawnSet.map((one, index) => (index === 0 ? '0'.repeat(64) : one)) }),
    })
    expect(findings.filter((one) => one.includes('drawnSet'))).not.toEqual([])
    expect(findings.every((one) => one.startsWith('differs transcript-%.json /transcript/drawnSet/'))).toBe(true)
  })

  it('DRW-31 says that a key is not the pinned one, and nothing of what follows from it', () => {
    expect(found({}, () => ({ key: { name: 'key', bytes: new Uint8Array(32) } }))).toEqual(['wrong-key key '])
  })

  it('cannot audit what it cannot read', () => {
    const draw = bundle()
    const broken = { name: 'commitment', bytes: utf8('{}') }
    expect(auditDraw(filesOf(draw, { commitment: broken }), nodeHash)).toMatchObject({
      ok: false,
      error: { file: 'commitment' },
    })
    expect(audited(draw, { objects: { name: 'objects', bytes: utf8('{}\n') } })).toContainEqual(
      expect.objectContaining({ file: 'objects', where: expect.stringMatching(/^line 1 /) as string, code: 'missing-member' }),
    )
  })
})
