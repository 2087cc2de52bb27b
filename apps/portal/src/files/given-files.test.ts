import { describe, expect, it } from 'vitest'
import { droppedFiles } from './given-files.ts'

const file = (fullPath: string, text: string) => ({
  name: fullPath.split('/').at(-1),
  fullPath,
  isDirectory: false,
  file: (resolve: (read: File) => void) => resolve(new File([text], fullPath)),
})

/** A folder whose entries come two at a time. */
const folder = (fullPath: string, entries: readonly object[]) => ({
  name: fullPath.split('/').at(-1),
  fullPath,
  isDirectory: true,
  createReader: () => {
    const left = [...entries]
    return { readEntries: (resolve: (part: readonly object[]) => void) => resolve(left.splice(0, 2)) }
  },
})

const dropped = (...entries: readonly object[]) =>
  droppedFiles({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files: [] } as unknown as DataTransfer)

const id = 'ab'.repeat(32)

describe('files that were dropped', () => {
  it('DRW-31 are read from folders too, and keep the folder that tells a roster from openings', async () => {
    const parts = ['transcript', 'commitment', 'keys'].map((part) => file(`/draw/${part}-${id}.json`, part))
    const files = await dropped(
      folder('/draw', [
        ...parts,
        folder('/draw/rosters', [file(`/draw/rosters/${id}.ndjson`, 'roster')]),
        folder('/draw/openings', [file(`/draw/openings/${id}.ndjson`, 'openings')]),
        file('/draw/.DS_Store', ''),
      ]),
      file('/region-log-230300.ndjson', 'log'),
    )
    expect(files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([
      [`transcript-${id}.json`, 'transcript'],
      [`commitment-${id}.json`, 'commitment'],
      [`keys-${id}.json`, 'keys'],
      [`rosters/${id}.ndjson`, 'roster'],
      [`openings/${id}.ndjson`, 'openings'],
      ['region-log-230300.ndjson', 'log'],
    ])
  })

  it('are refused as a whole where one cannot be read', async () => {
    const unreadable = {
      ...file('/x', ''),
      file: (_: unknown, reject: (reason: Error) => void) => reject(new DOMException('gone', 'NotFoundError')),
    }
    await expect(dropped(file('/y', 'y'), unreadable)).rejects.toThrow('gone')
  })
})
