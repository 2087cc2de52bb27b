import { describe, expect, it } from 'vitest'
import { areasOf, slugOf } from './areas.ts'

describe('areas', () => {
  it('are a layer of a service or the whole of a lib, each with its paths', () => {
    expect(
      areasOf([
        'services/registry/src/domain/tag.ts',
        'libs/policy/src',
        'services/registry/src/domain/published-list',
        'libs/kernel/src/credit-code.ts',
        'services/registry/src/app',
      ]),
    ).toEqual([
      {
        folder: 'services/registry/src/domain',
        paths: ['services/registry/src/domain/tag.ts', 'services/registry/src/domain/published-list'],
      },
      { folder: 'libs/policy/src', paths: ['libs/policy/src'] },
      { folder: 'libs/kernel/src', paths: ['libs/kernel/src/credit-code.ts'] },
      { folder: 'services/registry/src/app', paths: ['services/registry/src/app'] },
    ])
  })

  it('take a service as a whole, and a file that lies in no layer', () => {
    expect(areasOf(['services/registry/src'])).toEqual([{ folder: 'services/registry/src', paths: ['services/registry/src'] }])
    expect(areasOf(['services/registry/src/config.ts'])).toMatchObject([{ folder: 'services/registry/src' }])
  })

  it.each(['docs', 'services/registry', 'libs/policy/tests/shipped-presets.ts', 'libs/policy/src/policy.test.ts'])(
    '%s is no source of a package',
    (path) => {
      expect(areasOf(['libs/policy/src', path])).toBe(path)
    },
  )

  it('name their reports', () => {
    expect(slugOf({ folder: 'libs/policy/src', paths: ['libs/policy/src'] })).toBe('libs-policy-src')
    expect(slugOf({ folder: 'libs/x/src', paths: ['libs/x/src/a.ts', 'libs/x/src/b/c.ts'] })).toBe('libs-x-src-a.ts-b-c.ts')
    const many = Array.from({ length: 100 }, (_, index) => `libs/x/src/${index}.ts`)
    expect(slugOf({ folder: 'libs/x/src', paths: many }).length).toBeLessThan(220)
  })
})
