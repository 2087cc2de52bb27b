import { describe, expect, it } from 'vitest'
import { sortFiles } from './sort-files.ts'

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
    expect(sortFiles([transcript])).toMatchObject({ problem: { en: expect.stringMatching(/commitment.*roster/) } })
    expect(sortFiles([transcript, commitment, roster, file('notes.txt', 'hello')])).toMatchObject({
      problem: { en: 'not a file of a draw: notes.txt' },
    })
    const other = { ...transcript, name: `transcript-${'cd'.repeat(32)}.json` }
    expect(sortFiles([transcript, other, commitment, roster])).toMatchObject({
      problem: { en: expect.stringContaining('one draw at a time') },
    })
  })
})
