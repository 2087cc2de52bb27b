import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeExample } from './annex.ts'

// Writes docs/draw-protocol-example.md and its files (npm run example).

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

const { annex, files } = makeExample()
writeFileSync(at('docs/draw-protocol-example.md'), annex)
for (const [folder, texts] of Object.entries(files)) {
  rmSync(at(`tests/vectors/draw/${folder}`), { recursive: true, force: true })
  for (const [name, text] of Object.entries(texts)) {
    const path = at(`tests/vectors/draw/${folder}/${name}`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
