import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { checkEntered, type EnteredSeries, readTyped } from '@dual-random/beacon'
import type { CommittedPublicNumbers } from '@dual-random/draw'
import { toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { DefinitionRecord } from '@dual-random/witness'
import * as z from 'zod'
import { CommandError } from '../command.ts'
import { codeOf, readGiven } from '../own-files.ts'
import { text } from '../text.ts'

const heading = { issue: z.string(), publishedAt: z.string() }

/** What a typist writes: of each series the archived page, the publication before the first, and the publications; numbers as they stand there. */
const shape = z.strictObject({
  series: z.array(
    z.strictObject({
      page: z.string().min(1),
      before: z.strictObject(heading),
      publications: z.array(
        z.strictObject({ ...heading, numbers: z.array(z.array(z.union([z.string(), z.int()]).transform((each) => String(each)))) }),
      ),
    }),
  ),
})

/** An archived page with its SHA-256 in hex. */
export interface Page {
  readonly digest: string
  readonly bytes: Uint8Array
}

export interface Typed {
  readonly series: readonly EnteredSeries[]
  readonly pages: readonly Page[]
}

/** Reads what was typed, and the pages beside it; what S does not wait for is refused here, with its place, before anything is signed. */
export async function readTypedFile(path: string, definition: DefinitionRecord, { notBefore }: CommittedPublicNumbers): Promise<Typed> {
  const wrong = (why: string) => new CommandError(text(`${path}: ${why}`, `${path}: ${why}`))
  const given = shape.safeParse(jsonIn(await readGiven(path)))
  if (!given.success) throw wrong(z.prettifyError(given.error))
  const pages = await Promise.all(given.data.series.map(({ page }) => readPage(resolve(dirname(path), page))))
  const typed = given.data.series.map(({ before, publications }, index) => ({
    before,
    publications,
    pageDigest: pages[index]?.digest ?? '',
  }))
  const read = readTyped(definition, typed)
  if (!read.ok) throw wrong(`${read.error.path}: ${read.error.value}`)
  const fault = checkEntered(definition, notBefore, read.value)
  if (fault !== undefined) throw wrong(`${fault.path}: ${fault.code} (notBefore ${notBefore})`)
  return { series: read.value, pages }
}

async function readPage(path: string): Promise<Page> {
  try {
    const bytes = new Uint8Array(await readFile(path))
    return { digest: toHex(sha256(bytes)), bytes }
  } catch (thrown) {
    throw new CommandError(
      text(`${path}: 读不到存档网页（${codeOf(thrown)}）`, `${path}: the archived page cannot be read (${codeOf(thrown)})`),
    )
  }
}

export function jsonIn(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
