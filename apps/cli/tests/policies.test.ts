import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { shippedPresets } from '../src/package-files.ts'
import { yamlFilesOf } from '../src/yaml-files.ts'
import { call, callJson } from './support/called.ts'

type Answer = { readonly status: number; readonly body: unknown }

const presetFiles = yamlFilesOf(shippedPresets(), (name) => !name.startsWith('calendar')).map(
  (file) => parse(readFileSync(file, 'utf8')) as unknown,
)

/** What the deployment is bound to, which is not what the program ships: the city has had a policy of its own since March. */
const bindings = [
  { regionCode: '230000', preset: 'heilongjiang', from: '2024-01-01', version: 1 },
  { regionCode: '230300', preset: 'local/four-coal-cities', from: '2026-03-01', version: 1 },
]

describe('dual-random policy --registry', () => {
  let server: Server
  let url: string
  let env: NodeJS.ProcessEnv
  let asked: { readonly url: string; readonly token: string }[]
  let answers: Record<string, Answer>

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push({ url: request.url ?? '', token: String(request.headers.authorization) })
    const { status, body } = answers[(request.url ?? '').split('?')[0] ?? ''] ?? { status: 404, body: { code: 'no-such-route' } }
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body))
  }

  beforeAll(async () => {
    server = createServer(answer)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/registry/`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  beforeEach(() => {
    env = { DR_TOKEN: 'token' }
    asked = []
    answers = {
      '/registry/v1/policy-presets': {
        status: 200,
        body: { presets: [{ preset: 'all', versions: presetFiles.map((file) => ({ file })) }] },
      },
      '/registry/v1/policy-bindings': { status: 200, body: { bindings } },
    }
  })

  it('POL-06 shows and explains what a deployment runs under, by the presets and bindings that registry has', async () => {
    const { exitCode, out, err } = await call(env, 'policy', 'explain', 'publish.due', '--region', '230300', '--registry', url)
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] })
    expect(out).toContain('    230300 → local/four-coal-cities; 2026-03-01 起 / from 2026-03-01')
    expect(asked).toEqual([
      { url: '/registry/v1/policy-presets?files=true', token: 'Bearer token' },
      { url: '/registry/v1/policy-bindings?regionCode=230300', token: 'Bearer token' },
    ])
    const shown = await callJson(env, 'policy', 'show', '--region', '230300', '--registry', url)
    expect(shown.lines).toEqual((await callJson(env, 'policy', 'show', '--preset', 'local/four-coal-cities')).lines)
  })

  it('POL-06 compares what holds on two dates there', async () => {
    const { exitCode, lines } = await callJson(env, 'policy', 'diff', '230300@2026-02-28', '230300@2026-03-01', '--registry', url)
    expect(exitCode).toBe(1)
    expect(lines).toEqual((await callJson(env, 'policy', 'diff', 'heilongjiang@2026-02-28', 'local/four-coal-cities@2026-03-01')).lines)
    expect((await call(env, 'policy', 'diff', 'heilongjiang', 'heilongjiang', '--registry', url)).exitCode).toBe(0)
    // A preset needs no bindings.
    expect(asked.at(-1)?.url).toBe('/registry/v1/policy-presets?files=true')
  })

  it('says what registry says of a region that nothing is bound to', async () => {
    answers['/registry/v1/policy-bindings'] = { status: 200, body: { bindings: [] } }
    expect(await call(env, 'policy', 'show', '--region', '230300', '--registry', url)).toMatchObject({
      exitCode: 1,
      err: [expect.stringContaining('region-unbound')],
    })
  })

  it.each([
    ['a token that is not taken', { status: 401, body: { code: 'unauthenticated' } }, 'DR_TOKEN'],
    ['a refusal', { status: 403, body: { code: 'role-required', detail: '需要角色' } }, '403 需要角色 (role-required)'],
    ['something that is no registry', { status: 200, body: '<html>' }, 'JSON'],
    ['a preset of another version', { status: 200, body: { presets: [{ versions: [{ file: { preset: 'x' } }] }] } }, 'another version'],
  ])('tells %s', async (_what, refusal, said) => {
    answers['/registry/v1/policy-presets'] = refusal
    const { exitCode, out, err } = await call(env, 'policy', 'show', '--preset', 'heilongjiang', '--registry', url)
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: [] })
    expect(err).toEqual([expect.stringContaining(said)])
  })

  it('tells that registry cannot be reached, and where', async () => {
    const away = createServer()
    await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve))
    const gone = `http://127.0.0.1:${(away.address() as AddressInfo).port}`
    await new Promise((resolve) => away.close(resolve))
    const { exitCode, err } = await call(env, 'policy', 'show', '--region', '230300', '--registry', gone)
    expect(exitCode).toBe(1)
    expect(err).toEqual([expect.stringMatching(new RegExp(`连不上登记服务 ${gone}/v1/policy-presets.*ECONNREFUSED.*cannot be reached`))])
  })

  it('asks for a token and an address, and not for files as well', async () => {
    const show = (...words: string[]) => call({}, 'policy', 'show', '--region', '230300', ...words)
    expect(await show('--registry', url)).toMatchObject({
      exitCode: 2,
      err: [expect.stringContaining('DR_TOKEN'), expect.anything(), expect.anything()],
    })
    expect((await show('--registry', 'registry:8081')).err[0]).toContain('--registry registry:8081')
    expect((await show('--registry', url, '--presets', 'x')).err[0]).toContain('--presets')
    expect(asked).toEqual([])
  })
})
