import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Commitment } from '@dual-random/draw'
import { saveCityFiles, savePublicFiles, type Verdict } from './bundle.ts'
import type { Deployment } from './deployment.ts'

const cli = fileURLToPath(new URL('../../../../apps/cli/src/main.ts', import.meta.url))
const superiorUnit = '230000-scj'

/** What an auditor gathers of a draw, and what `draw audit` says of it. */
export interface GatheredAudit {
  /** Of the public files, and of the private ones. */
  readonly bundle: string
  readonly secrets: string
  readonly audit: () => Promise<Verdict>
}

/** Takes all files of a draw from registry and drawing as an auditor of the superior; `redraws` are those after it. */
export async function gatherAudit(deployment: Deployment, drawId: string, redraws: readonly string[] = []): Promise<GatheredAudit> {
  const bundle = await mkdtemp(join(tmpdir(), 'audit-'))
  const secrets = join(bundle, 'private')
  await mkdir(join(secrets, 'match-inputs'), { recursive: true })
  const commitmentOf = (of: string): Promise<string> => deployment.text(`/v1/public/draws/${of}/commitment`)
  for (const redraw of redraws) await writeFile(join(bundle, `commitment-${redraw}.json`), await commitmentOf(redraw))
  const s = JSON.parse(await commitmentOf(drawId)) as Commitment
  const others = (s.joint?.parts ?? []).map(({ snapshot }) => snapshot.regionCode)
  await savePublicFiles(deployment.url('drawing'), drawId, s.regionCode, bundle)
  for (const region of others) await saveCityFiles(deployment.url('drawing'), drawId, region, bundle)
  const token = await deployment.scope.issuer.token({
    subject: 'auditor',
    unitId: superiorUnit,
    regionCode: superiorUnit.slice(0, 6),
    roles: ['AUDITOR'],
  })
  const save = async (service: 'registry' | 'drawing', path: string, file: string): Promise<void> => {
    const answer = await fetch(`${deployment.url(service)}/v1/draws/${drawId}/${path}`, { headers: { authorization: `Bearer ${token}` } })
    if (answer.ok) await writeFile(join(secrets, file), Buffer.from(await answer.arrayBuffer()), { mode: 0o600 })
  }
  const keys: string[] = []
  for (const region of [undefined, ...others]) {
    const [query, suffix] = region === undefined ? ['', ''] : [`?regionCode=${region}`, `-${region}`]
    await save('registry', `files/objects${query}`, `objects${suffix}.ndjson`)
    await save('registry', `files/exclusions${query}`, `exclusions${suffix}.ndjson`)
    await save('registry', `match-facts${query}`, `match-facts${suffix}.ndjson`)
    await save('registry', `key${query}`, `key${suffix}.json`)
    keys.push('--key', `${region === undefined ? '' : `${region}=`}${join(secrets, `key${suffix}.json`)}`)
  }
  for (const { unitId } of s.matchInputs) await save('drawing', `match-inputs/${unitId}`, `match-inputs/${unitId}.ndjson`)
  await save('drawing', 'match', 'match.json')
  await save('drawing', 'closed', 'closed.json')
  const words = ['draw', 'audit', '--draw', drawId, '--bundle', bundle, '--private', secrets, ...keys]
  return { bundle, secrets, audit: () => runCli(words) }
}

const runCli = (words: readonly string[]): Promise<Verdict> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['--conditions=development', cli, ...words], (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), output: `${stdout}${stderr}` }),
    )
  })
