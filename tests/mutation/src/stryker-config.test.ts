import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allTestsFile, strykerConfig, testFilesOfSource, vitestConfig } from './stryker-config.ts'

const places = { stryker: '/s', json: '/out/x.json', html: '/out/x.html' }
const mutate = ['libs/x/src/a.ts', 'libs/x/src/b.ts:3:6-3:11']

describe('settings of a run', () => {
  it('use the runner that loads only tests which can notice a change, and know where it notes what they load', () => {
    const runner = readFileSync(new URL('../stryker/by-file.mjs', import.meta.url), 'utf8')
    const config = strykerConfig(mutate, 1, places, false)
    expect(config.plugins[0]).toBe('/s/by-file.mjs')
    expect(runner).toContain(`'${config.testRunner}'`)
    expect(runner).toContain(`'${testFilesOfSource}'`)
  })

  it('run the area’s tests from one file, which Vitest takes alone', () => {
    const area = { folder: 'libs/x/src', paths: ['libs/x/src'] }
    const file = allTestsFile(area, ['a.test.ts', 'b/c.test.ts'])
    for (const path of ['./a.test.ts', './b/c.test.ts']) expect(file.text).toContain(`import(${JSON.stringify(path)})`)
    expect(vitestConfig(area)).toContain(`include: ["${file.path}"]`)
  })

  it('leave it to StrykerJS to end what does not end: no test fails for being slow', () => {
    expect(vitestConfig({ folder: 'libs/x/src', paths: [] })).toContain('testTimeout: 0')
  })

  it('write both reports where they are asked for, and draw a bar on a terminal only', () => {
    expect(strykerConfig(mutate, 1, places, false)).toMatchObject({
      mutate,
      concurrency: 1,
      jsonReporter: { fileName: places.json },
      htmlReporter: { fileName: places.html },
      reporters: ['progress-append-only', 'json', 'html'],
    })
    expect(strykerConfig(mutate, 1, places, true).reporters).toContain('progress')
  })
})
