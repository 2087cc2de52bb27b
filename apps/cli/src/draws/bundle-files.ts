import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { BundleFiles, NamedFile } from '@dual-random/draw'
import { type Arguments, type Complain, noMoreThan, type OptionSpecs } from '../arguments.ts'
import { UsageError } from '../command.ts'
import { type Text, text } from '../text.ts'

/** Whom to trust. */
export const trustOptions: OptionSpecs = {
  demo: { text: text('核验演示抽取（演示密钥）', 'the draw is a demonstration (demo keys)') },
  keys: {
    value: 'FILE',
    text: text('所认的密钥文件 keys-<地区>.json，另行取得', 'the keys file to trust, keys-<region>.json; it comes on another way'),
  },
}

export const filesNote: Text = text(
  'TRANSCRIPT 为 transcript-<drawId>.json；同一文件夹下须有 commitment-<drawId>.json 和 rosters/<drawId>.ndjson，如有 openings/<drawId>.ndjson、region-log-<地区>.ndjson 和 checkpoints-<地区>.ndjson 也一并核对。',
  'TRANSCRIPT is transcript-<drawId>.json; beside it stand commitment-<drawId>.json and rosters/<drawId>.ndjson, and, where they are there,\nopenings/<drawId>.ndjson, region-log-<region>.ndjson and checkpoints-<region>.ndjson are checked too.',
)

/** The path of a transcript that a command's words name. */
export function transcriptOf(args: Arguments, complain: Complain): string {
  noMoreThan(args, 1, complain)
  const [path] = args.positionals
  if (path === undefined) complain('TRANSCRIPT: 缺少 (missing)')
  return path ?? ''
}

/** A draw's public files, found beside its transcript; the drawId is that of the file's name. */
export interface FoundBundle {
  readonly drawId: string
  readonly files: BundleFiles
}

/** Reads a file; the `UsageError` of one that cannot be read says which. */
export function readNamed(path: string, name: string = basename(path)): NamedFile {
  try {
    return { name, bytes: readFileSync(path) }
  } catch (thrown) {
    if (!(thrown instanceof Error && 'syscall' in thrown)) throw thrown
    throw new UsageError([`${path}: 读不到 (cannot be read): ${thrown.message}`])
  }
}

export function findBundle(path: string): FoundBundle {
  const drawId = /^transcript-([0-9a-f]{64})\.json$/.exec(basename(path))?.[1]
  if (drawId === undefined) throw new UsageError([`${path}: 文件名应为 transcript-<drawId>.json (the file's name must be this)`])
  const beside = (name: string): NamedFile => readNamed(join(dirname(path), name), name)
  const ifThere = (name: string): NamedFile | undefined => (existsSync(join(dirname(path), name)) ? beside(name) : undefined)
  const transcript = beside(basename(path))
  // Even a broken transcript is judged; its log is only looked for by the region that stands in it.
  const regionCode = /"regionCode":"([1-9]\d{5})"/.exec(new TextDecoder().decode(transcript.bytes))?.[1]
  const ofRegion = (name: string): NamedFile | undefined => (regionCode === undefined ? undefined : ifThere(`${name}-${regionCode}.ndjson`))
  return {
    drawId,
    files: {
      transcript,
      commitment: beside(`commitment-${drawId}.json`),
      roster: beside(`rosters/${drawId}.ndjson`),
      openings: ifThere(`openings/${drawId}.ndjson`),
      log: ofRegion('region-log'),
      checkpoints: ofRegion('checkpoints'),
    },
  }
}
