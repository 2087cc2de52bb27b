import { createContext, runInContext } from 'node:vm'
import { rolldown } from 'rolldown'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoBundle, namedFiles } from '../tests/index.ts'
import type { Verdict } from './index.ts'

describe('a bundle for the browser', () => {
  let code: string
  let modules: readonly string[]

  beforeAll(async () => {
    const bundler = await rolldown({
      input: new URL('../tests/browser-worker.ts', import.meta.url).pathname,
      platform: 'browser',
      resolve: { conditionNames: ['browser', 'development', 'import', 'default'] },
      onLog: (level, log) => {
        if (level === 'warn') throw new Error(log.message)
      },
    })
    const { output } = await bundler.generate({ format: 'iife', name: 'page' })
    await bundler.close()
    code = output.map((part) => (part.type === 'chunk' ? part.code : '')).join('')
    modules = output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
  }, 60_000)

  /** What a worker of a browser has of what this needs, and nothing of Node. */
  const inWorker = (message: unknown): Verdict => {
    const context = createContext({ TextEncoder, TextDecoder, Uint8Array })
    const { replay } = runInContext(`${code}; page`, context) as { readonly replay: (message: unknown) => Verdict }
    return replay(message)
  }

  it('DRW-31 has nothing of Node in it, nor of its hash', () => {
    expect(modules.some((id) => id.endsWith('/kernel/src/hash-plain.ts'))).toBe(true)
    expect(modules.filter((id) => id.includes('node:') || id.endsWith('/kernel/src/hash.ts'))).toEqual([])
    expect(code).not.toMatch(/node:|require\(|(?<![.\w])process\./)
  })

  it.each(['sha256', 'sm3'] as const)(
    'DRW-31 replays a whole draw under %s in a worker without Node',
    (hash) => {
      const bundle = demoBundle({ hash })
      const files = namedFiles(bundle)
      const verdict = inWorker({ files, demo: true })
      expect(verdict).toMatchObject({ status: 'MATCH', bundle: { transcript: { drawId: bundle.drawId, hash } } })
      const roster = { ...files.roster, bytes: files.roster.bytes.slice(0, -1) }
      expect(inWorker({ files: { ...files, roster }, demo: true })).toMatchObject({
        status: 'DIFFERENT',
        difference: { file: files.roster.name, code: 'no-line-feed' },
      })
    },
    60_000,
  )
})
