import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

const imports = /^(?:import|export)\s[^'"=]*?\bfrom\s+['"]([^'"]+)['"]/gm

/** Our own packages from source: `dist` is there only after a build. */
const ours: Readonly<Record<string, string>> = {
  '@dual-random/kernel': new URL('../../kernel/src/index.ts', import.meta.url).href,
  '@dual-random/kernel/hash': new URL('../../kernel/src/hash.ts', import.meta.url).href,
}

function resolved(name: string, from: string): string {
  if (name.startsWith('node:')) return name
  if (name.startsWith('.')) return new URL(name, from).href
  return ours[name] ?? pathToFileURL(createRequire(from).resolve(name)).href
}

/** Every module that a module loads, however far down; a module of Node is named and not followed. */
function loadedBy(start: string): readonly string[] {
  const found = new Set([start])
  for (const url of found) {
    if (url.startsWith('node:')) continue
    for (const [, name = ''] of readFileSync(fileURLToPath(url), 'utf8').matchAll(imports)) found.add(resolved(name, url))
  }
  return [...found]
}

describe('@dual-random/beacon/verify', () => {
  it('loads nothing of Node, so that a worker in a browser can check a pulse', () => {
    const modules = loadedBy(new URL('verify.ts', import.meta.url).href)
    expect(modules.filter((name) => !name.startsWith('file:'))).toEqual([])
    expect(modules.some((name) => name.includes('@noble/curves/bls12-381'))).toBe(true)
    for (const name of modules.filter((one) => !one.includes('node_modules')))
      expect(readFileSync(fileURLToPath(name), 'utf8'), name).not.toMatch(/\bBuffer\.|\bprocess\./)
  })

  it('would notice', () => {
    expect(loadedBy(new URL('index.ts', import.meta.url).href)).toContain('node:crypto')
  })
})
