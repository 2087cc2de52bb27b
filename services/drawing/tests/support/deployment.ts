import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ed25519Key } from '@dual-random/beacon'
import { recognitionTopicOf, serviceTopics } from '@dual-random/contracts'
import { genesisDigest, type LogGenesis } from '@dual-random/draw'
import { creditCodeCheckCharacter, type Instant, instantOf, organisationCodeCheckCharacter, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { freePort } from '@dual-random/local-stack'
import { type Api, api, eventually, type ServiceChild, startChild, type TestScope, testScope } from '@dual-random/testkit'
import { type KeysFile, keysFileText } from '@dual-random/witness'
import { type Db, MongoClient } from 'mongodb'
import { sha256Hash } from '../fixtures.ts'
import { BeaconPeer } from './beacon-peer.ts'
import { bureau, logSeedOf, regionCode } from './harness.ts'
import { PlanningPeer } from './planning-peer.ts'

const mains = {
  registry: new URL('../../../registry/src/main.ts', import.meta.url),
  drawing: new URL('../../src/main.ts', import.meta.url),
  inspection: new URL('../../../inspection/src/main.ts', import.meta.url),
  planning: new URL('../../../planning/src/main.ts', import.meta.url),
  publication: new URL('../../../publication/src/main.ts', import.meta.url),
  joint: new URL('../../../joint/src/main.ts', import.meta.url),
  oversight: new URL('../../../oversight/src/main.ts', import.meta.url),
  gateway: new URL('../../../gateway/src/main.ts', import.meta.url),
  witness: new URL('../../../../apps/witness/src/main.ts', import.meta.url),
} as const
export const witnessIds = ['w1', 'w2', 'w3', 'w4'] as const

export const serviceNames = ['registry', 'drawing', 'inspection', 'planning', 'publication', 'joint', 'oversight', 'gateway'] as const

/** By which the exchange topic of this deployment comes back to it. */
const ownAlias = 'own'

/** Every topic that a service speaks on or hears. */
export const allTopics: readonly string[] = [...serviceTopics, recognitionTopicOf(ownAlias)]

export type ServiceName = (typeof serviceNames)[number]
export type WitnessId = (typeof witnessIds)[number]
export type Part = ServiceName | WitnessId

/** Registry, drawing and four witnesses as processes of their own, on one clock, and the other services where a test starts them; the beacon is played, and so is planning unless a test wants the real one. */
export interface Deployment {
  readonly planning: PlanningPeer
  readonly beacon: BeaconPeer
  readonly database: Db
  readonly keysFile: KeysFile
  /** Of every region, the first that of the tests. */
  readonly keysFiles: readonly KeysFile[]
  readonly scope: TestScope
  /** Ends one at once, without a chance to finish anything. */
  kill(part: Part): Promise<void>
  /** Starts one again on what it left. */
  start(part: Part): Promise<void>
  /** The clock of all parts goes on from here, or that of some witnesses alone, ahead of the others. */
  moveTo(instant: string, witnesses?: readonly WitnessId[]): Promise<void>
  now(): Instant
  as(service: ServiceName, roles: readonly string[], who?: { readonly unitId?: string; readonly subject?: string }): Promise<Api>
  url(part: Part): string
  /** A public file of drawing. */
  text(path: string): Promise<string>
  dispose(): Promise<void>
}

const seeds = { registry: sha256(utf8('registry key')), witness: (name: string): Uint8Array => sha256(utf8(`witness ${name}`)) } as const

/** Everything in it follows from the same seeds, so that two deployments draw the same of the same pool (rule 17). */
export async function startDeployment({
  realPlanning = false,
  otherRegions = [],
  presetsDir,
  publicityUrl = 'http://127.0.0.1:9',
}: {
  readonly realPlanning?: boolean
  /** Cities beside the one of the tests, each with registers of its own. */
  readonly otherRegions?: readonly string[]
  readonly presetsDir?: string
  /** Where publication publishes; nowhere without it. */
  readonly publicityUrl?: string
} = {}): Promise<Deployment> {
  const scope = await testScope('drawing')
  await eventually(() => scope.createTopics(allTopics, 1))
  const folder = await mkdtemp(join(tmpdir(), 'deployment-'))
  const clockFile = join(folder, 'clock')
  const clockFileOf = (witnessId: string): string => `${clockFile}-${witnessId}`
  let offset = 0
  const now = (): Instant => instantOf(Date.now() + offset)
  const moveTo: Deployment['moveTo'] = async (instant, witnesses) => {
    const ahead = Date.parse(instant) - Date.now()
    if (witnesses === undefined) offset = ahead
    for (const file of [...(witnesses === undefined ? [clockFile] : []), ...(witnesses ?? witnessIds).map(clockFileOf)]) {
      await writeFile(`${file}.part`, String(ahead))
      await rename(`${file}.part`, file)
    }
  }
  await moveTo('2026-02-23T01:00:00.000Z')
  const planning = new PlanningPeer()
  const playedPlanning = await planning.start(scope.issuer)
  const beacon = new BeaconPeer(now)
  const beaconEntry = await beacon.start()
  const startedAt = '2026-01-01T00:00:00.000Z' as Instant
  const regions = [regionCode as string, ...otherRegions]
  const genesisOf = (region: string): LogGenesis => ({
    type: 'dual-random/region-log/v1',
    regionCode: region,
    demo: true,
    hash: 'sha256',
    keys: [
      { keyId: 'registry', role: 'registry', algorithm: 'ed25519', publicKey: ed25519Key(seeds.registry).publicKey },
      { keyId: `drawing-${region}`, role: 'drawing', algorithm: 'ed25519', publicKey: ed25519Key(logSeedOf(region)).publicKey },
      { keyId: `beacon-${region}`, role: 'beacon', algorithm: 'bls12381-g2', publicKey: beacon.chain.publicKey },
    ],
    startedAt,
  })
  const keysFileOf = (region: string): KeysFile => ({
    type: 'dual-random/keys/v1',
    regionCode: region,
    hash: 'sha256',
    genesis: genesisDigest(sha256Hash, genesisOf(region)),
    superior: { keyId: 'superior-230000', publicKey: ed25519Key(seeds.witness('superior')).publicKey, unitId: '230000-scj' },
    witnesses: witnessIds.map((witnessId) => ({ witnessId, publicKey: ed25519Key(seeds.witness(witnessId)).publicKey })),
    quorum: 3,
    tolerated: 1,
  })
  const keysFiles = regions.map(keysFileOf)
  for (const file of keysFiles) await writeFile(join(folder, `keys-${file.regionCode}.json`), keysFileText(file))
  const ports = Object.fromEntries(
    await Promise.all([...serviceNames, ...witnessIds].map(async (part) => [part, await freePort()] as const)),
  ) as Readonly<Record<Part, number>>
  const planningAddress = realPlanning ? `127.0.0.1:${ports.planning}` : playedPlanning
  const common = { DR_ENV: 'demo', DR_CLOCK_FILE: clockFile, LOG_LEVEL: 'fatal' }
  const address = (part: Part): string => `127.0.0.1:${ports[part]}`
  const witnessEnv = (witnessId: string): NodeJS.ProcessEnv => ({
    ...common,
    DR_CLOCK_FILE: clockFileOf(witnessId),
    DR_WITNESS_ID: witnessId,
    DR_WITNESS_KEY: toHex(seeds.witness(witnessId)),
    DR_WITNESS_KEYS: folder,
    DR_WITNESS_DATA: join(folder, witnessId),
  })
  const envs: Readonly<Record<Part, NodeJS.ProcessEnv>> = {
    registry: {
      ...(await scope.envOf('registry')),
      ...common,
      DR_DEMO_SEED: 'crashes',
      ...(presetsDir === undefined ? {} : { DR_PRESETS_DIR: presetsDir }),
      DR_ID_KEY: '11'.repeat(32),
      DR_SEAL_KEY: '22'.repeat(32),
      DR_SNAPSHOT_KEY: toHex(seeds.registry),
      DR_FIRST_OPERATOR: JSON.stringify({ subject: 'first', unitId: '230000-scj', regionCode: '230000' }),
    },
    drawing: {
      ...scope.env,
      ...common,
      DR_REGISTRY_GRPC: address('registry'),
      DR_PLANNING_GRPC: planningAddress,
      DR_BEACONS: JSON.stringify([beaconEntry]),
      DR_LOG_KEYS: JSON.stringify(Object.fromEntries(regions.map((region) => [region, toHex(logSeedOf(region))]))),
      DR_LOG_STARTED_AT: startedAt,
      DR_SNAPSHOT_PUBLIC_KEY: ed25519Key(seeds.registry).publicKey,
      DR_NONCE_KEY: toHex(sha256(utf8('nonces'))),
      DR_WITNESS_KEYS: folder,
      DR_WITNESSES: JSON.stringify(Object.fromEntries(witnessIds.map((witnessId) => [witnessId, address(witnessId)]))),
    },
    inspection: {
      ...(await scope.envOf('inspection')),
      ...common,
      DR_VISIT_KEY: '44'.repeat(32),
      DR_REGISTRY_GRPC: address('registry'),
      DR_PLANNING_GRPC: planningAddress,
      DR_DRAWING_GRPC: address('drawing'),
      DR_SWEEP_MS: '500',
    },
    planning: {
      ...(await scope.envOf('planning')),
      ...common,
      DR_REGISTRY_GRPC: address('registry'),
      DR_INSPECTION_GRPC: address('inspection'),
    },
    publication: {
      ...(await scope.envOf('publication')),
      ...common,
      DR_REGISTRY_GRPC: address('registry'),
      DR_PLANNING_GRPC: planningAddress,
      DR_DRAWING_GRPC: address('drawing'),
      DR_PUBLICITY_URL: publicityUrl,
    },
    joint: {
      ...(await scope.envOf('joint')),
      ...common,
      DR_REGISTRY_GRPC: address('registry'),
      DR_PLANNING_GRPC: planningAddress,
      DR_DRAWING_GRPC: address('drawing'),
      DR_COMPARISON_KEY: '55'.repeat(32),
      DR_REGIONS: regions.join(','),
      DR_EXCHANGE_ALIASES: ownAlias,
    },
    oversight: { ...(await scope.envOf('oversight')), ...common, DR_REGISTRY_GRPC: address('registry') },
    gateway: { ...(await scope.envOf('gateway')), ...common, ...gatewayKeys, DR_REGISTRY_GRPC: address('registry') },
    w1: witnessEnv('w1'),
    w2: witnessEnv('w2'),
    w3: witnessEnv('w3'),
    w4: witnessEnv('w4'),
  }
  const running = new Map<Part, ServiceChild>()
  const urlOf = (part: Part): string => `http://127.0.0.1:${running.get(part)?.httpPort ?? 0}`
  const start = async (part: Part): Promise<void> => {
    const main = part in mains ? mains[part as ServiceName] : mains.witness
    const env = { ...envs[part], ...(part === 'gateway' ? originsBehind(urlOf) : {}), DR_GRPC_PORT: String(ports[part]) }
    running.set(part, await startChild(main, env))
  }
  const as: Deployment['as'] = async (service, roles, { unitId = bureau, subject = `${unitId}-${roles[0] ?? ''}` } = {}) =>
    api(urlOf(service), await scope.issuer.token({ subject, unitId, regionCode: unitId.slice(0, 6), roles }))
  const client = new MongoClient(scope.env['MONGODB_URI'] ?? '')
  await Promise.all((['registry', ...witnessIds] as const).map(start))
  await loadRegisters(as)
  for (const [index, region] of otherRegions.entries()) await loadRegisters(as, region, creditCodesOf(100 * (index + 1)))
  if (realPlanning) await start('planning')
  await start('drawing')
  return {
    planning,
    beacon,
    database: client.db(scope.database),
    keysFile: keysFileOf(regionCode),
    keysFiles,
    scope,
    kill: async (part) => {
      await running.get(part)?.kill()
      running.delete(part)
    },
    start,
    moveTo,
    now,
    as,
    url: urlOf,
    text: async (path) => (await fetch(`${urlOf('drawing')}${path}`)).text(),
    dispose: async () => {
      await Promise.all([...running.values()].map((child) => child.kill()))
      await Promise.all([planning.close(), beacon.close(), client.close()])
      await scope.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Nobody signs in by it; what it lets through is what it lets anyone see. */
const gatewayKeys = {
  DR_OIDC_ISSUER: 'https://id.example.org',
  DR_OIDC_JWKS_URL: 'http://127.0.0.1:9/jwks',
  DR_SIGNING_KEY: JSON.stringify({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'gateway' }),
  DR_SERVICE_JWKS: JSON.stringify({ keys: [] }),
} as const

/** Where the services are that run already; the others are nowhere. */
const originsBehind = (urlOf: (part: Part) => string): NodeJS.ProcessEnv =>
  Object.fromEntries(serviceNames.map((name) => [`DR_${name.toUpperCase()}_HTTP`, urlOf(name)]))

function creditCode(serial: number): string {
  const first8 = `MA${String(serial).padStart(6, '0')}`
  const first17 = `91230302${first8}${organisationCodeCheckCharacter(first8) ?? ''}`
  return `${first17}${creditCodeCheckCharacter(first17) ?? ''}`
}

/** Of the twelve enterprises of a region; `loadRegisters` gives each region another beginning. */
export const creditCodesOf = (from: number): readonly string[] => Array.from({ length: 12 }, (_, index) => creditCode(from + index + 1))

/** The enterprises of the pool, all of grade A. */
export const creditCodes: readonly string[] = creditCodesOf(0)

const csv = (...rows: readonly string[]): string => `${rows.join('\n')}\n`

async function loadRegisters(as: Deployment['as'], region: string = regionCode, codes = creditCodes): Promise<void> {
  const upload = async (by: Api, path: string, text: string): Promise<void> => {
    const { status, body } = await by.upload(path, text, 'text/csv')
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  }
  const superior = '230000-scj'
  const unitId = `${region}-scj`
  const units = [`${unitId},示例市市场监督管理局,局,${region},,市场监管`, `${unitId}-jg,局机关,局机关,${region},${unitId},市场监管`]
  await upload(
    await as('registry', ['OPERATOR'], { unitId: superior }),
    '/v1/units/import',
    csv('单位编码,单位名称,单位类型,行政区划,上级单位,所属部门', ...units),
  )
  const admin = await as('registry', ['POLICY_ADMIN'], { unitId: superior })
  for (const [bound, preset] of [
    ['230000', 'heilongjiang'],
    [region, 'local/four-coal-cities'],
  ])
    await admin.post('/v1/policy-bindings', { regionCode: bound, preset, from: '2026-01-01' })
  const clerk = await as('registry', ['REGISTRY_CLERK'], { unitId })
  const item =
    'SP-01,餐饮服务食品安全检查,重点检查事项,《食品安全法》第一百一十条,市场监管部门,经营过程,现场检查,安全,食品,企业,H62,内部抽查'
  const header = '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,重点事由,所需专长,适用对象类型,适用行业,清单类型'
  await upload(clerk, `/v1/check-item-lists/import?listId=list-${unitId}&businessLine=市场监管&effectiveFrom=2026-01-01`, csv(header, item))
  const county = `${region.slice(0, 4)}02`
  const objects = codes.map((code, index) => `${code},示例企业${index + 1},企业,H6210,${county},示例路${index + 1}号,,`)
  await upload(clerk, '/v1/objects/import', csv('统一社会信用代码,名称,类型,行业代码,行政区划,地址,标签,状态', ...objects))
  const inspectors = Array.from(
    { length: 4 },
    (_, index) => `SL${region}0${index},检查员${index},inspector${region}${index},${unitId}-jg,食品,2029-12-31,无,行政执法类公务员,在岗,`,
  )
  const columns = '执法证号,姓名,登录名,所在机关或所,业务专长,执法资质有效期至,回避范围,人员性质,状态,离岗日期'
  await upload(clerk, '/v1/inspectors/import', csv(columns, ...inspectors))
  const pool = await clerk.get<{ readonly items: readonly { readonly inspectorId: string }[] }>('/v1/inspectors')
  const inspectorIds = pool.body.items.map(({ inspectorId }) => inspectorId)
  await clerk.post('/v1/trainings', { audience: 'OWN_LEVEL', title: '业务培训', heldOn: '2026-02-20', inspectorIds })
  const credit = await as('registry', ['CREDIT_SYSTEM'], { unitId: superior })
  const grades = csv('统一社会信用代码,等级', ...codes.map((code) => `${code},A`))
  await upload(credit, '/v1/credit-results/import?asOf=2026-02-20', grades)
}
