import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { NamedFile } from '@dual-random/draw/forms'
import type { BundleFiles } from '@dual-random/verify'
import { type Arguments, type Complain, noMoreThan, type OptionSpecs } from '../arguments.ts'
import { UsageError } from '../command.ts'
import { type Text, text } from '../text.ts'

/** Whom to trust. */
export const trustOptions: OptionSpecs = {
  demo: { text: text('核验演示抽取（演示密钥）', 'the draw is a demonstration (demo keys)') },
  keys: {
    value: 'FILE',
    many: true,
    text: text(
      '所认的密钥文件 keys-<地区>.json，另行取得；多地联合抽取每个地区各一个',
      'the keys file to trust, keys-<region>.json; it comes on another way; one of each city where several draw together',
    ),
  },
}

export const filesNote: Text = text(
  'TRANSCRIPT 为 transcript-<drawId>.json；同一文件夹下须有 commitment-<drawId>.json 和 rosters/<drawId>.ndjson，如有 openings/<drawId>.ndjson、region-log-<地区>.ndjson 和 checkpoints-<地区>.ndjson 也一并核对。补抽还须有原抽取及此前补抽的 transcript 和 commitment，以及原抽取的名录。多地联合抽取还须有各参加地区的 rosters/<drawId>-<地区>.ndjson，其日志和检查点也一并核对。',
  'TRANSCRIPT is transcript-<drawId>.json; beside it stand commitment-<drawId>.json and rosters/<drawId>.ndjson, and, where they are there,\nopenings/<drawId>.ndjson, region-log-<region>.ndjson and checkpoints-<region>.ndjson are checked too. A redraw also needs transcript and commitment of the draws before it, and the roster of the first. A draw of several cities also needs rosters/<drawId>-<region>.ndjson of each; their logs and checkpoints are checked too.',
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
  if (!existsSync(path)) throw new UsageError([`${path}: 没有这个文件 (there is no such file)`])
  if (statSync(path).isDirectory())
    throw new UsageError([`${path}: 这是文件夹，请指其中的 transcript-<drawId>.json (a folder: name the transcript in it)`])
  const drawId = /^transcript-([0-9a-f]{64})\.json$/.exec(basename(path))?.[1]
  if (drawId === undefined) throw new UsageError([`${path}: 文件名应为 transcript-<drawId>.json (the file's name must be this)`])
  const beside = (name: string): NamedFile => readNamed(join(dirname(path), name), name)
  const ifThere = (name: string): NamedFile | undefined => (existsSync(join(dirname(path), name)) ? beside(name) : undefined)
  const transcript = beside(basename(path))
  // Even a broken transcript is judged; its log is only looked for by the region that stands in it, behind those of other cities' logs.
  const regionCode = [...new TextDecoder().decode(transcript.bytes).matchAll(/"regionCode":"([1-9]\d{5})"/g)].at(-1)?.[1]
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
      family: (name) => ifThere(name)?.bytes,
    },
  }
}
