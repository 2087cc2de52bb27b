import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { ConfigError } from '@dual-random/runtime'

export type Encoding = 'br' | 'gzip' | 'identity'

/** A file of the portal, ready to be sent. */
export interface PortalFile {
  /** From the root of the site, with a leading slash. */
  readonly path: string
  readonly mediaType: string
  /** Its name holds a hash of its content, so it never changes under that name. */
  readonly isImmutable: boolean
  readonly etag: string
  readonly bodies: ReadonlyMap<Encoding, Uint8Array>
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Reads the built portal whole, once: it is small, and a request then touches no disk. Refuses a folder that is no built portal. */
export function readPortal(folder: string): readonly PortalFile[] {
  const names = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.replace(/[/\\]$/, '').length + 1)
        .split(sep)
        .join('/'),
    )
    .sort()
  if (!names.includes('index.html'))
    throw new ConfigError([`DR_PORTAL_DIR: 其中没有 index.html，请先构建门户 (holds no index.html, build the portal first): ${folder}`])
  return names.map((name) => portalFile(name, readFileSync(join(folder, name))))
}

function portalFile(name: string, bytes: Uint8Array): PortalFile {
  const mediaType = mediaTypes[extname(name)]
  if (mediaType === undefined) throw new ConfigError([`DR_PORTAL_DIR: 未知类型的文件 (a file of no known type): ${name}`])
  return {
    path: name === 'index.html' ? '/' : `/${name}`,
    mediaType,
    isImmutable: /^assets\/.+-[\w-]{8}\.\w+$/.test(name),
    etag: createHash('sha256').update(bytes).digest('base64url'),
    bodies: new Map<Encoding, Uint8Array>([
      ['br', brotliCompressSync(bytes)],
      ['gzip', gzipSync(bytes)],
      ['identity', bytes],
    ]),
  }
}
