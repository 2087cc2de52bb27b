import type { NamedFile } from '@dual-random/draw/forms'

/** The protocol's folders hold files of one name (docs/draw-protocol.md §2): of a file in one of these the folder is kept. */
const folders: ReadonlySet<string> = new Set(['rosters', 'openings'])

function nameOf(path: string): string {
  const [folder, name = ''] = path.split('/').slice(-2)
  return folder !== undefined && folders.has(folder) ? `${folder}/${name}` : (path.split('/').at(-1) ?? '')
}

const named = async (file: File, path: string): Promise<NamedFile> => ({
  name: nameOf(path),
  bytes: new Uint8Array(await file.arrayBuffer()),
})

/** Files from a chooser; rejects where one cannot be read. */
export const chosenFiles = (files: FileList | null): Promise<readonly NamedFile[]> =>
  Promise.all([...(files ?? [])].map((file) => named(file, file.name)))

/** Files that were dropped, those in dropped folders too. To be called while the drop is handled: the browser empties its list afterwards. Rejects where one cannot be read. */
export async function droppedFiles({ items, files }: Pick<DataTransfer, 'items' | 'files'>): Promise<readonly NamedFile[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  return entries.length === 0 ? chosenFiles(files) : (await Promise.all(entries.map(filesIn))).flat()
}

async function filesIn(entry: FileSystemEntry): Promise<readonly NamedFile[]> {
  // What a system keeps about a folder (.DS_Store) is nobody's file.
  if (entry.name.startsWith('.')) return []
  if (isFolder(entry)) return (await Promise.all((await entriesOf(entry)).map(filesIn))).flat()
  const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
  return [await named(file, entry.fullPath)]
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** A browser gives the entries of a folder in parts, the last of them empty. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) return all
    all.push(...part)
  }
}
