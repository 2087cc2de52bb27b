import { utf8 } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { demoBundle, openingOf, openingText } from '../tests/index.ts'
import { readCommitment, readOpening, readTranscript } from './read-bundle.ts'

const files = demoBundle()
const named = (text: string) => ({ name: 'FILE', bytes: utf8(text) })

it('reads transcript, S and an opening by their forms', () => {
  const opening = openingOf(files, 'object-1')
  expect(readOpening(named(openingText(opening)))).toEqual({ ok: true, value: opening })
  expect(readCommitment(named(files.commitment))).toEqual({ ok: true, value: JSON.parse(files.commitment) as unknown })
  const { transcript } = JSON.parse(files.transcript) as { readonly transcript: unknown }
  expect(readTranscript(named(files.transcript))).toEqual({ ok: true, value: transcript })
})

it('names the file that has another form, and the place', () => {
  for (const read of [readTranscript, readCommitment, readOpening] as const)
    expect(read(named('[]'))).toEqual({ ok: false, error: { file: 'FILE', where: '', code: 'not-a', expected: 'an object' } })
  expect(readTranscript(named(files.commitment))).toMatchObject({ ok: false, error: { file: 'FILE', code: 'unknown-member' } })
})
