import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { serviceNodeFlags } from './service-node-flags.ts'

describe('flags of Node for services', () => {
  it('are the same in the container image', () => {
    const dockerfile = readFileSync(new URL('../../docker/Dockerfile', import.meta.url), 'utf8')
    expect(/^ENV NODE_OPTIONS="(.*)"$/m.exec(dockerfile)?.[1]?.split(' ')).toEqual([...serviceNodeFlags])
  })
})
