import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { deadLetterTopic } from '@dual-random/messaging'
import { type TestScope, testScope } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('../bin/dual-random.mjs', import.meta.url))

interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const started = (env: NodeJS.ProcessEnv, ...words: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...words], { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })

describe('the program dual-random', () => {
  let scope: TestScope

  beforeAll(async () => {
    scope = await testScope('cli')
    await scope.createTopics([deadLetterTopic('joint')], 1)
  })
  afterAll(() => scope?.dispose())

  it('runs from a checkout and ends by itself', async () => {
    expect(await started(scope.env, 'dlq', 'list', 'joint')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('0 in the group') as string,
    })
  })

  it('keeps answers and complaints apart, and says by its exit code how it went', async () => {
    expect(await started(scope.env, '--version')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await started(scope.env, 'dlq', 'list', 'nobody')).toMatchObject({ exitCode: 1, stdout: '' })
    expect(await started(scope.env, 'nothing')).toMatchObject({ exitCode: 2, stdout: '' })
  })
})
