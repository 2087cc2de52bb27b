import type { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import type { ImportProblem } from '../problem.ts'

export interface ArchiveLimits {
  /** Most bytes that all parts together unpack to. */
  readonly maxUnpackedBytes?: number
  /** Most times that a part may be larger than it is packed; small parts may be more. */
  readonly maxRatio?: number
}

export const defaultArchiveLimits = { maxUnpackedBytes: 1_073_741_824, maxRatio: 100 } as const

/** Parts below this size harm nobody, however well they pack. */
const smallPartBytes = 1_048_576

/** A workbook is some dozens of parts. */
const maxParts = 10_000

/** A file that is no workbook, or one that is refused for its size. */
export class WorkbookFault extends Error {
  readonly problem: ImportProblem

  constructor(code: string, reason: string, action: string) {
    super(reason)
    this.name = 'WorkbookFault'
    this.problem = { line: 1, code, reason, action }
  }
}

export const brokenWorkbook = (): WorkbookFault =>
  new WorkbookFault('broken-workbook', '工作簿已损坏，或不是 XLSX 文件', '用 Excel 或 WPS 打开后另存为 .xlsx 或 CSV UTF-8，再导入')

/** The parts of a workbook by their names. */
export interface Archive {
  has(name: string): boolean
  /** The unpacked bytes of a part, piece by piece. */
  open(name: string): Promise<AsyncIterable<Uint8Array>>
}

/** Opens a zip file in memory. Sizes are refused by what its directory declares, and yauzl ends a part that unpacks to more than that. */
export async function openArchive(bytes: Uint8Array, limits: ArchiveLimits = {}): Promise<Archive> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).catch(() => {
    throw brokenWorkbook()
  })
  const parts = await directoryOf(zip, { ...defaultArchiveLimits, ...limits })
  return {
    has: (name) => parts.has(name),
    open: async (name) => {
      const entry = parts.get(name)
      if (entry === undefined) throw brokenWorkbook()
      return unpacked(await zip.openReadStreamPromise(entry))
    },
  }
}

async function directoryOf(zip: ZipFile, limits: Required<ArchiveLimits>): Promise<ReadonlyMap<string, Entry>> {
  const parts = new Map<string, Entry>()
  let total = 0
  for await (const entry of zip.eachEntry()) {
    const { fileName, compressedSize, uncompressedSize } = entry
    total += uncompressedSize
    const isBomb = uncompressedSize > smallPartBytes && uncompressedSize > limits.maxRatio * compressedSize
    if (isBomb || total > limits.maxUnpackedBytes || parts.size >= maxParts)
      throw new WorkbookFault('workbook-too-large', '工作簿解压后过大', '拆成几个文件，或另存为 CSV UTF-8 后导入')
    parts.set(fileName, entry)
  }
  return parts
}

async function* unpacked(stream: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stream as AsyncIterable<Uint8Array>
  } catch {
    throw brokenWorkbook()
  }
}
