import { hexDigest, type SignedTranscript } from '@dual-random/draw'
import { type Json, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import {
  type DemoFiles,
  type DemoOptions,
  demoBundle,
  demoFamily,
  demoJoint,
  drawing,
  type JointFiles,
  namedFiles,
  openingOf,
} from '../../tests/index.ts'
import { type AuditFiles, auditDraw, type VerifyOptions } from '../index.ts'

const nodeHash: VerifyOptions['hash'] = (name) => ({ name, digest: (bytes) => digest(name, bytes) })
const hash = nodeHash('sha256')

type Outcome = { readonly label: string; readonly outcome: string; readonly reason?: string }
type Closed = { readonly [name: string]: Json } & { readonly outcomes: readonly Outcome[] }

const drawnIn = ({ transcript }: Pick<DemoFiles, 'transcript'>): readonly string[] =>
  (JSON.parse(transcript) as SignedTranscript).transcript.batches.flat()
const openingsOf = (text: string) => ({ blob: 'b', digest: hexDigest(hash, utf8(text)) })
const outcomeOf = (label: string, isVisited: boolean): Outcome =>
  isVisited ? { label, outcome: 'VISITED' } : { label, outcome: 'NOT_VISITED', reason: 'NO_RESULT' }

/** What drawing enters as its draw is closed: the demo opens the first four of the drawn. */
const closedOf = (draw: DemoFiles): Closed => ({
  type: 'dual-random/closed/v1',
  drawId: draw.drawId,
  openings: openingsOf(draw.openings),
  outcomes: drawnIn(draw).map((label, index) => outcomeOf(label, index < 4)),
})
const fileOf = (record: Json) => {
  const text = JSON.stringify(record, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return { name: 'closed.json', bytes: utf8(text) }
}

function found(files: AuditFiles): readonly string[] {
  const audit = auditDraw(files, nodeHash)
  if (!audit.ok) throw new Error(JSON.stringify(audit.error))
  return audit.value.findings.map(({ file, where, code }) => `${code} ${file.replace(/[0-9a-f]{64}/, '%')} ${where}`)
}
const filesOf = (draw: DemoFiles): AuditFiles => ({
  ...namedFiles(draw),
  objects: draw.private.objects,
  exclusions: draw.private.exclusions,
  matchInputs: new Map([['bureau-230300', draw.private.matchInput]]),
  match: draw.private.match,
  key: { name: 'key', bytes: draw.private.key },
})

/** A draw whose log has the record's entry. */
function closing(change: (record: Closed, draw: DemoFiles) => Json = (record) => record, options: DemoOptions = {}): readonly string[] {
  const plain = demoBundle({ witnessed: true, ...options })
  const record = fileOf(change(closedOf(plain), plain))
  const of = hexDigest(hash, record.bytes)
  const draw = demoBundle({
    witnessed: true,
    ...options,
    extra: { match: ({ drawId }) => [{ kind: 'closed', drawId, of, by: drawing }] },
  })
  return found({ ...filesOf(draw), closed: record })
}
const outcomes = (change: (all: readonly Outcome[]) => readonly Outcome[]) => (record: Closed) => ({
  ...record,
  outcomes: change(record.outcomes),
})

describe('the audit of what became of the drawn', () => {
  it.each([{}, { publicOpening: 'full' }] as const)('DRW-31 finds nothing in an honest closing %j', (options) => {
    expect(closing(undefined, options)).toEqual([])
  })

  it('DRW-31 finds a record that is not the one in the log, or whose draw is not closed there', () => {
    const draw = demoBundle({ witnessed: true })
    expect(found({ ...filesOf(draw), closed: fileOf(closedOf(draw)) })).toEqual(['differs region-log-230300.ndjson '])
    const of = '0'.repeat(64)
    const other = demoBundle({ witnessed: true, extra: { match: ({ drawId }) => [{ kind: 'closed', drawId, of, by: drawing }] } })
    expect(found({ ...filesOf(other), closed: fileOf(closedOf(other)) })).toEqual([
      expect.stringMatching(/^differs region-log-230300.ndjson line \d+ \/digest$/),
    ])
    expect(closing((record) => ({ ...record, drawId: '0'.repeat(64) }))).toEqual(['differs closed.json /drawId'])
  })

  it('DRW-31 finds a drawn label that is left out, that stands there twice or elsewhere, and one that was not drawn', () => {
    expect(closing(outcomes((all) => all.slice(0, -1)))).toEqual([
      expect.stringMatching(/^label-missing transcript-%.json \/transcript\/batches\/\d\/\d+$/),
    ])
    const last = (all: readonly Outcome[]) => all.length - 1
    let length = 0
    const twice = closing(
      outcomes((all) => {
        length = last(all)
        return [...all, all[length] as Outcome]
      }),
    )
    expect(twice).toEqual([`out-of-order closed.json /outcomes/${length + 1}/label`])
    expect(closing(outcomes(([first, second, ...others]) => [second as Outcome, first as Outcome, ...others]))).toEqual([
      'out-of-order closed.json /outcomes/1/label',
    ])
    const undrawn = closing((record, draw) => {
      const drawn = new Set(drawnIn(draw))
      const id = draw.ids.find((one) => !drawn.has(openingOf(draw, one).label)) ?? ''
      return { ...record, outcomes: [...record.outcomes, outcomeOf(openingOf(draw, id).label, false)] }
    })
    expect(undrawn).toEqual([`label-missing closed.json /outcomes/${length + 1}/label`])
  })

  it('DRW-31 finds openings that are not those of the visited', () => {
    const another = outcomes((all) => all.map((one, index) => (index === 4 ? outcomeOf(one.label, true) : one)))
    expect(closing(another)).toEqual(['differs closed.json /openings/digest'])
    const fewer = outcomes((all) => all.map((one, index) => (index === 3 ? outcomeOf(one.label, false) : one)))
    expect(closing(fewer)).toEqual(['differs closed.json /openings/digest'])
  })

  it('DRW-31 takes only a record of its form', () => {
    expect(closing(outcomes(([first, ...others]) => [{ ...(first as Outcome), reason: 'NO_RESULT' }, ...others]))).toEqual([
      'not-a closed.json /outcomes/0/outcome',
    ])
    expect(closing((record) => ({ ...record, type: 'dual-random/closed/v2' }))).toEqual(['not-a closed.json /type'])
  })

  it('DRW-30 DRW-31 asks for the replacement of whoever was replaced', () => {
    const played = demoFamily(
      [
        { purpose: 'replacement', labels: [0, 1] },
        { purpose: 'rematch', labels: [0, 1] },
      ],
      { witnessed: true },
    )
    const [parent, replacement, rematch] = played
    if (parent === undefined || replacement === undefined || rematch === undefined) throw new Error('nobody drew again')
    const named = (draw: DemoFiles) => namedFiles(draw).commitment
    const replaced = [...drawnIn(parent)].sort()[0] ?? ''
    const record = closedOf(parent)
    const closed = fileOf({
      ...record,
      openings: openingsOf(''),
      outcomes: record.outcomes.map(({ label }) =>
        label === replaced ? { label, outcome: 'NOT_VISITED', reason: 'REPLACED' } : outcomeOf(label, false),
      ),
    })
    const asked = (...redraws: readonly DemoFiles[]) => found({ ...filesOf(parent), log: undefined, closed, redraws: redraws.map(named) })
    const at = `no-replacement closed.json /outcomes/${drawnIn(parent).indexOf(replaced)}/reason`
    expect(asked(replacement, rematch)).toEqual([])
    expect(asked(rematch)).toEqual([at])
    expect(asked()).toEqual([at])
  })

  it('DRW-26 DRW-31 asks for the openings of every city', () => {
    const draw = demoJoint({ others: ['230400'] })
    const { drawId } = draw
    const theirs = (text: string) => ({ ...openingsOf(text), regionCode: '230400' })
    const openings = (of: JointFiles) => of.family[`openings/${drawId}-230400.ndjson`] ?? ''
    const opened = [...draw.openings.split('\n'), ...openings(draw).split('\n')].flatMap((line) => /"id":"([^"]+)"/.exec(line)?.[1] ?? [])
    const record = {
      type: 'dual-random/closed/v1',
      drawId,
      openings: openingsOf(draw.openings),
      otherOpenings: [theirs(openings(draw))],
      outcomes: drawnIn(draw).map((label, index) => outcomeOf(label, opened.includes(draw.drawnIds[index] ?? ''))),
    }
    const pools = [...draw.private.cities].map(
      ([regionCode, { key, objects, exclusions }], index) =>
        [
          regionCode,
          {
            objects,
            exclusions,
            key: { name: 'K', bytes: key },
            roster: {
              name: 'roster',
              bytes: utf8(index === 0 ? draw.roster : (draw.family[`rosters/${drawId}-${regionCode}.ndjson`] ?? '')),
            },
          },
        ] as const,
    )
    const [own, ...others] = pools
    if (own === undefined) throw new Error('no city')
    const asked = (closed: Json) =>
      found({
        ...own[1],
        others: new Map(others),
        commitment: { name: 'S', bytes: utf8(draw.commitment) },
        transcript: { name: 'transcript', bytes: utf8(draw.transcript) },
        matchInputs: draw.private.matchInputs,
        closed: fileOf(closed),
      })
    expect(asked(record)).toEqual([])
    expect(asked({ ...record, otherOpenings: [theirs('')] })).toEqual(['differs closed.json /otherOpenings/0/digest'])
    expect(asked({ ...record, otherOpenings: [] })).toEqual(['differs closed.json /otherOpenings'])
  })
})
