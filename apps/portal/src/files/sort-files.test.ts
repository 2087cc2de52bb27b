import type { NamedFile } from '@dual-random/draw/forms'
import { demoFamily, demoJoint, demoJointFamily, type FamilyFiles, namedFiles, partNames } from '@dual-random/verify/testing'
import { describe, expect, it } from 'vitest'
import { sortFiles, withFurther } from './sort-files.ts'

const drawId = 'ab'.repeat(32)
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) })
const transcript = file(`transcript-${drawId}.json`, '{"keyId":"drawing","signature":"00","transcript":{}}')
const commitment = file(`commitment-${drawId}.json`, '{"algorithm":"dual-random/draw/v1","committedAt":""}')
const roster = file(`${drawId}.ndjson`, '{"excluded":false,"label":"00","stratum":"A"}\n')
const openings = file(`${drawId}.ndjson`, '{"id":"x","salt":"00"}\n')
const log = file('region-log-230300.ndjson', '{}\n')

describe('files that somebody chose', () => {
  it('are put into their places by name or content', () => {
    expect(sortFiles([log, openings, roster, commitment, transcript])).toEqual({
      bundle: { transcript, commitment, roster, openings, log },
    })
    const renamed = [transcript, commitment, roster].map(({ bytes }, index) => ({ name: `file ${index}`, bytes }))
    expect(sortFiles(renamed)).toEqual({ bundle: { transcript: renamed[0], commitment: renamed[1], roster: renamed[2] } })
  })

  it('are known by name even where their content is broken', () => {
    const broken = file(transcript.name, 'no JSON')
    expect(sortFiles([broken, commitment, roster])).toEqual({ bundle: { transcript: broken, commitment, roster } })
  })

  it('are refused with what is missing, unknown or there twice', () => {
    expect(sortFiles([transcript])).toMatchObject({ problem: { en: expect.stringMatching(/commitment.*roster/) }, isIncomplete: true })
    expect(sortFiles([transcript, commitment, roster, file('notes.txt', 'hello')])).toMatchObject({
      problem: { en: 'not a file of a draw: notes.txt' },
    })
    const other = { ...transcript, name: `transcript-${'cd'.repeat(32)}.json` }
    expect(sortFiles([transcript, other, commitment, roster])).toMatchObject({
      problem: { en: expect.stringContaining('one draw at a time') },
    })
  })
})

describe('files that somebody chose one after the other', () => {
  it('DRW-31 come together, a roster and the openings of one name too, and the last of a file counts', () => {
    const chosen = [[transcript, log], [openings], [roster, commitment]].reduce<readonly NamedFile[]>(withFurther, [])
    expect(sortFiles(chosen)).toEqual({ bundle: { transcript, commitment, roster, openings, log } })
    const again = { ...transcript, bytes: new Uint8Array(1) }
    expect(sortFiles(withFurther(chosen, [again]))).toEqual({ bundle: { transcript: again, commitment, roster, openings, log } })
  })
})

describe('files of a redraw that somebody chose', () => {
  const draws = demoFamily([{ purpose: 'replacement' }, { purpose: 'escalation' }])
  const [parent, first, last] = draws as readonly [FamilyFiles, FamilyFiles, FamilyFiles]
  const own = (files: FamilyFiles) => {
    const { transcript: t, commitment: s, roster: r } = partNames(files)
    return [t, s, r]
  }
  const all = Object.entries(last.family).map(([name, text]) => file(name, text))
  const named = (name: string) => all.find((one) => one.name === name)
  const [transcriptName = '', commitmentName = '', rosterName = ''] = own(last)

  it('DRW-30 DRW-31 are told from those of the draws before it by their names, in any order', () => {
    const sorted = sortFiles(all.toReversed())
    if ('problem' in sorted) throw new Error(sorted.problem.en)
    const { transcript: t, commitment: s, roster: r, family = [] } = sorted.bundle
    expect([t, s, r]).toEqual([named(transcriptName), named(commitmentName), named(rosterName)])
    // Of the first redraw the roster is not needed.
    expect(family.map(({ name }) => name).sort()).toEqual([...own(parent), ...own(first).slice(0, 2)].sort())
    for (const { name, bytes } of family) expect(bytes).toEqual(named(name)?.bytes)
  })

  it('DRW-31 are known without their folders, as a browser keeps them', () => {
    const flat = all.map(({ name, bytes }) => ({ name: name.split('/').at(-1) ?? '', bytes }))
    const sorted = sortFiles([...flat, file(`${parent.drawId}.ndjson`, parent.openings)])
    if ('problem' in sorted) throw new Error(sorted.problem.en)
    expect(sorted.bundle.roster.bytes).toEqual(namedFiles(last).roster.bytes)
    expect(sorted.bundle.openings).toBe(undefined)
    expect(sorted.bundle.family?.map(({ name }) => name)).toContain(`rosters/${parent.drawId}.ndjson`)
  })

  it('DRW-31 of which one is there twice are refused', () => {
    const [transcriptOfParent = ''] = own(parent)
    const copy = file(`copy/${transcriptOfParent}`, '{}')
    expect(sortFiles([...all, copy])).toMatchObject({ problem: { en: expect.stringContaining('one draw at a time') } })
  })
})

describe('files of a redraw after a draw of several cities that somebody chose', () => {
  const { parent, redraws } = demoJointFamily('230400', [{ purpose: 'replacement' }])
  const [redraw] = redraws as readonly [FamilyFiles]
  const own = Object.values(namedFiles(redraw)).flatMap((one) =>
    one === undefined ? [] : [{ ...one, name: one.name.replace('230300', '230400') }],
  )
  const before = Object.entries(redraw.family).flatMap(([name, text]) => (name.includes(redraw.drawId) ? [] : [file(name, text)]))

  it('DRW-26 DRW-30 have the roster of their own city, and their own log', () => {
    const flat = [...before, ...own].map(({ name, bytes }) => ({ name: name.split('/').at(-1) ?? '', bytes }))
    for (const chosen of [[...own, ...before], flat]) {
      const sorted = sortFiles(chosen)
      if ('problem' in sorted) throw new Error(sorted.problem.en)
      const { family = [], log: ownLog, roster: ownRoster } = sorted.bundle
      const { drawId: of } = parent
      expect(family.map(({ name }) => name).sort()).toEqual([
        `commitment-${of}.json`,
        `rosters/${of}-230400.ndjson`,
        `transcript-${of}.json`,
      ])
      expect([ownLog?.bytes, ownRoster.bytes]).toEqual([namedFiles(redraw).log.bytes, namedFiles(redraw).roster.bytes])
    }
  })
})

describe('a folder with a draw of several cities and a redraw of it', () => {
  const folder = (regionCode: string) => {
    const { parent, redraws } = demoJointFamily(regionCode, [{ purpose: 'replacement' }])
    const [redraw] = redraws as readonly [FamilyFiles]
    const own = Object.entries(partNames(redraw, regionCode)).flatMap(([part, name]) => {
      const bytes = namedFiles(redraw)[part as keyof ReturnType<typeof namedFiles>]?.bytes
      return bytes === undefined ? [] : [{ name, bytes }]
    })
    const all = [...Object.entries(parent.family).map(([name, text]) => file(name, text)), ...Object.values(namedFiles(parent))].filter(
      (one) => one !== undefined,
    )
    return { redraw, files: [...all.filter(({ name }) => own.every((one) => one.name !== name)), ...own] }
  }

  const folders = ['230300', '230400', '230600'].map((regionCode) => ({ regionCode, ...folder(regionCode) }))

  it.each(folders)(
    'DRW-26 DRW-30 DRW-31 in $regionCode is sorted to its own log and checkpoints, those of the others left out',
    ({ regionCode, redraw, files }) => {
      for (const chosen of [files, files.toReversed()]) {
        const sorted = sortFiles(chosen)
        if ('problem' in sorted) throw new Error(sorted.problem.en)
        const { log: ownLog, checkpoints, family = [] } = sorted.bundle
        expect([ownLog?.name, checkpoints?.name]).toEqual([`region-log-${regionCode}.ndjson`, `checkpoints-${regionCode}.ndjson`])
        expect(ownLog?.bytes).toEqual(namedFiles(redraw).log.bytes)
        expect(family.filter(({ name }) => /log|checkpoints/.test(name))).toEqual([])
      }
    },
  )

  it('DRW-26 is refused with the log of a city that drew in neither', () => {
    const [{ files }] = folders as [(typeof folders)[number]]
    for (const name of ['region-log-231000.ndjson', 'checkpoints-231000.ndjson'])
      expect(sortFiles([...files, file(name, '{}')])).toMatchObject({
        problem: { en: expect.stringContaining('one draw at a time') },
      })
  })
})

describe('files of a draw of several cities that somebody chose', () => {
  const draw = demoJoint({})
  const own = Object.values(namedFiles(draw)).filter((one) => one !== undefined)
  const theirs = Object.entries(draw.family).map(([name, text]) => file(name, text))
  const keys = [file('keys-230300.json', draw.keys), ...Object.entries(draw.jointKeys).map(([name, text]) => file(name, text))]

  it('DRW-26 DRW-31 are told from the organiser’s by their names, in any order, with or without folders', () => {
    const flat = (files: readonly NamedFile[]) => files.map(({ name, bytes }) => ({ name: name.split('/').at(-1) ?? '', bytes }))
    for (const chosen of [[...theirs, ...keys, ...own], flat([...own, ...theirs, ...keys])]) {
      const sorted = sortFiles(chosen)
      if ('problem' in sorted) throw new Error(sorted.problem.en)
      const { family = [], keys: pinned = [], roster: r, log: l } = sorted.bundle
      expect(family.map(({ name }) => name).sort()).toEqual(Object.keys(draw.family).sort())
      expect(pinned.map(({ name }) => name).sort()).toEqual(keys.map(({ name }) => name).sort())
      expect([r.bytes, l?.bytes]).toEqual([namedFiles(draw).roster.bytes, namedFiles(draw).log?.bytes])
    }
  })

  it('DRW-26 of a city that does not take part are refused', () => {
    expect(sortFiles([...own, ...theirs, file('region-log-231000.ndjson', '{}')])).toMatchObject({
      problem: { en: expect.stringContaining('one draw at a time') },
    })
  })
})
