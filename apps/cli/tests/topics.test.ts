import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTopics } from '@dual-random/messaging'
import { type TestScope, testScope } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callJson } from './support/called.ts'

describe('dual-random topics', () => {
  let scope: TestScope
  let folder: string
  let runs = 0

  beforeAll(async () => {
    scope = await testScope('cli')
    folder = mkdtempSync(join(tmpdir(), 'dual-random-cli-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await scope?.dispose()
  })

  /** An environment with topics of its own, and a list of `a.v1` with so many partitions. */
  const place = (partitions = 2) => {
    const prefix = `${scope.topicPrefix}${runs}.`
    const env: NodeJS.ProcessEnv = { ...scope.env, DR_TOPIC_PREFIX: prefix, DR_TOPIC_REPLICAS: '1' }
    const file = join(folder, `${runs++}.yaml`)
    writeFileSync(
      file,
      `replicationFactor: 3\ntopics:\n  - { name: a.v1, partitions: ${partitions}, retention: 1, minInsyncReplicas: 2 }\n`,
    )
    const words = (name: string) => ['topics', name, '--file', file]
    return { env, words, brokers: (env['KAFKA_BROKERS'] ?? '').split(','), prefix }
  }

  it('diff says what is missing, apply creates it, and then both have nothing to do', async () => {
    const { env, words } = place()
    expect(await callJson(env, ...words('diff'))).toMatchObject({ exitCode: 1, lines: [{ topic: 'a.v1', status: 'missing' }] })
    expect(await callJson(env, ...words('apply'))).toMatchObject({
      exitCode: 0,
      lines: [{ topic: 'a.v1', outcome: 'changed', change: 'create' }],
    })
    expect(await callJson(env, ...words('diff'))).toMatchObject({ exitCode: 0, lines: [{ topic: 'a.v1', status: 'same' }] })
    expect(await callJson(env, ...words('apply'))).toMatchObject({ exitCode: 0, lines: [] })
  })

  it('diff shows what is and what should be; apply changes what it may and refuses the rest', async () => {
    const { env, words, brokers, prefix } = place()
    const config = { 'retention.ms': '-1', 'min.insync.replicas': '1', 'cleanup.policy': 'delete' }
    await createTopics(brokers, prefix, [
      { topic: 'a.v1', partitions: 3, replicationFactor: 1, config },
      { topic: 'stray.v1', partitions: 1 },
    ])
    const partitions = { setting: 'partitions', is: '3', shouldBe: '2' }
    const retention = { setting: 'retention.ms', is: '-1', shouldBe: '86400000' }
    expect(await callJson(env, ...words('diff'))).toMatchObject({
      exitCode: 1,
      lines: [
        { topic: 'a.v1', status: 'different', differences: [partitions, retention] },
        { topic: 'stray.v1', status: 'unlisted' },
      ],
    })
    expect(await callJson(env, ...words('apply'))).toMatchObject({
      exitCode: 1,
      lines: [
        { topic: 'a.v1', outcome: 'changed', change: 'configure', differences: [retention] },
        { topic: 'a.v1', outcome: 'refused', reason: 'fewer-partitions', differences: [partitions] },
        { topic: 'stray.v1', outcome: 'unlisted' },
      ],
    })
    const { exitCode, out } = await call(env, ...words('diff'))
    expect(exitCode).toBe(1)
    expect(out).toEqual([
      '不同 / different  a.v1',
      '    partitions: 现为 / is 3, 应为 / should be 2',
      '未列 / unlisted  stray.v1',
      '一致 0，缺少 0，不同 1，未列 1 / 0 the same, 0 missing, 1 different, 1 unlisted',
    ])
  })

  it('apply adds partitions to an empty topic', async () => {
    const { env, words, brokers, prefix } = place(4)
    const config = { 'retention.ms': '86400000', 'min.insync.replicas': '1', 'cleanup.policy': 'delete' }
    await createTopics(brokers, prefix, [{ topic: 'a.v1', partitions: 2, replicationFactor: 1, config }])
    const { exitCode, out } = await call(env, ...words('apply'))
    expect(exitCode).toBe(0)
    expect(out.slice(0, 2)).toEqual(['加分区 / partitions added  a.v1', '    partitions: 2 → 4'])
  })

  it('apply says what the broker has against it', async () => {
    const { env, words } = place()
    const { exitCode, lines } = await callJson({ ...env, DR_TOPIC_REPLICAS: '' }, ...words('apply'))
    expect(exitCode).toBe(1)
    expect(lines).toMatchObject([{ topic: 'a.v1', outcome: 'failed', change: 'create' }])
    expect(lines[0]?.['failure']).toMatch(/replication/i)
  })

  it('says that the broker is away', async () => {
    const { env, words } = place()
    const { exitCode, err } = await call({ ...env, KAFKA_BROKERS: '127.0.0.1:1' }, ...words('diff'))
    expect(exitCode).toBe(1)
    expect(err.join('\n')).toContain('broker-unavailable')
  })

  it('knows the list that comes with it', async () => {
    const { env } = place()
    const { exitCode, lines } = await callJson(env, 'topics', 'diff')
    expect(exitCode).toBe(1)
    expect(lines).toContainEqual({ topic: 'inspection.task.v1', status: 'missing' })
  })
})
