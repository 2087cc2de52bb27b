import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { serviceTopics } from '@dual-random/contracts'
import { describe, expect, it } from 'vitest'
import { root } from './support/root.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const pages = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/**/*.md', { cwd: root }).sort()]

const matches = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** Paths of the repository in backticks; those with a placeholder name no one file. */
const pathsIn = (text: string): readonly string[] => matches(text, /`((?:libs|services|apps|proto|deploy|tests|docs|scripts)\/[\w./-]+)`/g)

/** All that people wrote in TypeScript, proto and YAML. */
const code = ['libs', 'services', 'apps', 'proto', 'deploy']
  .flatMap((folder) => globSync(`${folder}/**/*.{ts,proto,yaml}`, { cwd: root, exclude: (name) => /node_modules|dist/.test(name) }))
  .filter((path) => statSync(join(root, path)).isFile())
  .map(read)
  .join('\n')

describe.each(pages)('%s', (page) => {
  const text = read(page)

  it('links to what is there', () => {
    const targets = matches(text, /\]\((?!https?:)([^)#]+)[^)]*\)/g)
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([])
  })

  it('names paths and scripts that are there', () => {
    expect(pathsIn(text).filter((path) => !existsSync(join(root, path)))).toEqual([])
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
    expect(matches(text, /npm run ([\w:]+)/g).filter((script) => !(script in scripts))).toEqual([])
  })
})

describe('the documents', () => {
  it('say the same in both languages: headings, commands, paths', () => {
    const shapeOf = (page: string) => {
      const text = read(page)
      return {
        headings: matches(text, /^(#+) /gm),
        commands: matches(text, /^(npm \S.*?|node \S.*?)(?: {2,}#.*)?$/gm),
        paths: pathsIn(text),
        rows: matches(text, /^(\|)/gm).length,
        points: matches(text, /^(- )/gm).length,
      }
    }
    expect(shapeOf('README.zh-CN.md')).toEqual(shapeOf('README.md'))
  })

  it('architecture.md names every topic and every RPC', () => {
    const text = read('docs/architecture.md')
    const topicsShown = matches(text, /`((?:[a-z]+|<alias>)\.[a-z.-]+(?:\.v1)?)`/g)
    const aggregates = matches(text, /`(\.[a-z-]+)`/g)
    const shown = (topic: string): boolean =>
      topicsShown.includes(topic) || topicsShown.includes(`<alias>.${topic}`) || aggregates.includes(topic.replace(/^\w+(\..+)\.v1$/, '$1'))
    expect(serviceTopics.filter((topic) => !shown(topic))).toEqual([])
    const rpcs = globSync('proto/dualrandom/*/v1/*_service.proto', { cwd: root }).flatMap((path) => matches(read(path), /rpc (\w+)\(/g))
    expect(rpcs.filter((rpc) => rpc !== 'ListMarks' && !text.includes(rpc))).toEqual([])
  })

  it('glossary.md keeps to words that the code uses, each once', () => {
    const rows = matches(read('docs/glossary.md'), /^\|[^|]+\|([^|]+)\|/gm).filter((cell) => cell.includes('`'))
    const identifiers = rows.flatMap((cell) => matches(cell, /`(\w[\w-]*)`/g))
    expect(identifiers.length).toBeGreaterThan(80)
    expect(identifiers.filter((identifier) => !new RegExp(`\\b${identifier}\\b`, 'i').test(code))).toEqual([])
  })

  it('the index of decisions lists each of them', () => {
    const listed = matches(read('docs/adr/README.md'), /\]\((\d{4}-[\w-]+\.md)\)/g)
    expect(listed).toEqual(
      globSync('docs/adr/0*.md', { cwd: root })
        .sort()
        .map((path) => path.slice('docs/adr/'.length)),
    )
  })
})
