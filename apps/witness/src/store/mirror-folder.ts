import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type NamedFile, publicFiles } from '../app/public-files.ts'
import { isPart, putWhole } from './put-whole.ts'

/** The public files of one region's draws as they were kept, and the checkpoints with what all witnesses signed. */
export interface MirrorFolder {
  readonly files: number
  readonly bytes: number
  /** Where a kept file lies and how long it is; undefined for one that is not here. */
  find(file: NamedFile): { readonly path: string; readonly bytes: number } | undefined
  read(file: NamedFile): Promise<Uint8Array | undefined>
  put(file: NamedFile, content: Uint8Array): Promise<void>
  checkpoints(): Promise<string>
  putCheckpoints(text: string): Promise<void>
}

const checkpointsName = 'checkpoints.ndjson'

/** Opens or makes `public/` in a region's folder; what a crash left half written is removed. */
export async function openMirrorFolder(data: string, regionCode: string): Promise<MirrorFolder> {
  const folder = join(data, regionCode, 'public')
  const sizes = new Map<string, number>()
  for (const kind of publicFiles) {
    await mkdir(join(folder, kind), { recursive: true, mode: 0o700 })
    for (const name of await readdir(join(folder, kind))) {
      const path = join(folder, kind, name)
      if (isPart(name)) await rm(path)
      else sizes.set(path, (await stat(path)).size)
    }
  }
  const pathOf = ({ drawId, file }: NamedFile): string => join(folder, file, drawId)
  return {
    get files() {
      return sizes.size
    },
    get bytes() {
      return [...sizes.values()].reduce((sum, size) => sum + size, 0)
    },
    find: (file) => {
      const path = pathOf(file)
      const bytes = sizes.get(path)
      return bytes === undefined ? undefined : { path, bytes }
    },
    read: async (file) => (sizes.has(pathOf(file)) ? readFile(pathOf(file)) : undefined),
    put: async (file, content) => {
      await putWhole(join(folder, file.file), file.drawId, content)
      sizes.set(pathOf(file), content.length)
    },
    checkpoints: () => readFile(join(folder, checkpointsName), 'utf8').catch(() => ''),
    putCheckpoints: (text) => putWhole(folder, checkpointsName, text),
  }
}
